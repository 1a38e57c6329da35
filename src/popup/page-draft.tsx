import type { TextSource } from '../core/alt-text/page-texts';
import type { ReportImage } from '../core/report/page-report';
import { text, type MessageKey } from '../platform/i18n';
import { CopyButton } from '../ui/copy-button';

const SOURCES: Readonly<Record<TextSource, MessageKey>> = {
  caption: 'popup_draft_of_caption',
  heading: 'popup_draft_of_heading',
  link: 'popup_draft_of_link',
  fileName: 'popup_draft_of_file_name',
};

/** The second draft, in the page's own words, with where they stand; nothing where there is none. */
export function PageDraft({ image: { pageDraft, prediction } }: { image: ReportImage }) {
  if (pageDraft === undefined) return null;
  return (
    <div class="draft">
      <p>{text(SOURCES[pageDraft.from])}</p>
      <p class="draft-text" lang={prediction?.draftLang}>
        {pageDraft.text}
      </p>
      <CopyButton draft={pageDraft.text} compact={false} />
    </div>
  );
}
