import type { PageDraft as Words } from '../core/alt-text/page-draft';
import { DRAFT_SOURCE_KEYS } from '../core/report/draft-source';
import type { ReportImage } from '../core/report/page-report';
import { text } from '../platform/i18n';
import { CopyButton } from './copy-button';

interface PageDraftProps {
  image: ReportImage;
}

const sourceOf = ({ from }: Words): string => text(DRAFT_SOURCE_KEYS[from]);

/** The second draft, in the page's own words, with where they stand; nothing where there is none. */
export function PageDraft({ image: { pageDraft, prediction } }: PageDraftProps) {
  if (pageDraft === undefined) return null;
  return (
    <div class="draft">
      <p>{sourceOf(pageDraft)}</p>
      <p class="draft-text" lang={prediction?.draftLang}>
        {pageDraft.text}
      </p>
      <CopyButton draft={pageDraft.text} compact={false} />
    </div>
  );
}

/** The same in a line, for a row. */
export function PageDraftLine({ image: { pageDraft, prediction } }: PageDraftProps) {
  if (pageDraft === undefined) return null;
  return (
    <span class="quiet-text page-draft">
      {sourceOf(pageDraft)}: <span lang={prediction?.draftLang}>{pageDraft.text}</span>
    </span>
  );
}
