/** All photos on one page with what is said of each, wrong ones first: to be looked at by a person. */
import { pathToFileURL } from 'node:url';

import { labelOf } from '../../src/core/saying/labels';
import { escapeMarkup } from '../audit/formats/escape';
import { isHintTrue, type Judged } from './measure';

const STYLE = `body { font: 13px system-ui, sans-serif; display: flex; flex-wrap: wrap; gap: 8px; color-scheme: light dark }
figure { margin: 0; inline-size: 190px; padding: 5px; border: 3px solid #8888 }
img { inline-size: 180px; block-size: 180px; object-fit: contain }
.wrong { border-color: #d33 } .right { border-color: #393 }`;

type Verdict = 'wrong' | 'silent' | 'right';

function verdictOf({ photo, prediction }: Judged): Verdict {
  const hint = prediction?.hint ?? null;
  if (hint === null) return 'silent';
  return isHintTrue(hint.synset, photo.classIndex) ? 'right' : 'wrong';
}

/** Wrong ones first, then silent ones, then right ones; of each the surest first. */
function compare(a: Judged, b: Judged): number {
  const rank = (judged: Judged): number => ['wrong', 'silent', 'right'].indexOf(verdictOf(judged));
  const sure = ({ prediction }: Judged): number => prediction?.hint?.probability ?? 0;
  return rank(a) - rank(b) || sure(b) - sure(a);
}

function figure(judged: Judged, path: string): string {
  const { photo, prediction } = judged;
  const said = prediction?.hint ?? prediction?.guess ?? null;
  const words = said === null ? (prediction?.silence ?? 'failed') : said.text;
  const share = said === null ? '' : `${(said.probability * 100).toFixed(1)} %`;
  const truth = labelOf(photo.classIndex)?.name ?? photo.synset;
  return `<figure class="${verdictOf(judged)}"><img src="${escapeMarkup(pathToFileURL(path).href)}" loading="lazy" alt="">
<figcaption><b>${escapeMarkup(words)}</b> ${share}<br>is: ${escapeMarkup(truth)}</figcaption></figure>`;
}

/** @param pathOf where a photo's file lies */
export function contactSheet(
  judged: readonly Judged[],
  pathOf: (photo: Judged['photo']) => string,
): string {
  const figures = [...judged].sort(compare).map((each) => figure(each, pathOf(each.photo)));
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>What is said of ${judged.length} photos</title>
<style>${STYLE}</style>
<body>
${figures.join('\n')}
</html>
`;
}
