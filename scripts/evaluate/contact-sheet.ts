/** All photos on one page with what is said of each, wrong ones first: to be looked at by a person. */
import { pathToFileURL } from 'node:url';

import { labelOf } from '../../src/core/saying/labels';
import { escapeMarkup } from '../audit/formats/escape';
import { isHintTrue, type Judged } from './measure';

const STYLE = `:root { color-scheme: light dark }
body { font: 13px/1.35 system-ui, sans-serif; margin: 16px }
section { display: flex; flex-wrap: wrap; gap: 8px }
figure { margin: 0; inline-size: 190px; padding: 5px; border: 3px solid #8888; overflow-wrap: anywhere }
img { inline-size: 190px; block-size: 190px; object-fit: contain; display: block }
code { font-size: 11px; user-select: all }
.false { border-color: #d33 } .true { border-color: #393 }`;

/** In the order of the page: what is to be looked at comes first. */
const VERDICTS = ['false', 'failed', 'silent', 'true'] as const;
type Verdict = (typeof VERDICTS)[number];

function verdictOf({ photo, prediction }: Judged): Verdict {
  if (prediction === null) return 'failed';
  if (prediction.hint === null) return 'silent';
  return isHintTrue(prediction.hint.synset, photo.classIndex) ? 'true' : 'false';
}

const surenessOf = ({ prediction }: Judged): number =>
  (prediction?.hint ?? prediction?.guess)?.probability ?? 0;

/** What is said, or why nothing is and what was guessed. */
function wordsOf({ photo, prediction }: Judged): string {
  if (prediction === null) return '<b>failed</b>';
  const { hint, guess, silence } = prediction;
  const said = hint ?? guess;
  const share = ((said?.probability ?? 0) * 100).toFixed(1);
  const words = said === null ? [] : [`<b>${escapeMarkup(said.text)}</b> ${share}&nbsp;%`];
  if (silence === null) return words.join('');
  const isFalse = guess !== null && !isHintTrue(guess.synset, photo.classIndex);
  return [...words, `silent: ${silence}${isFalse ? ', guess false' : ''}`].join('<br>');
}

function figure(judged: Judged, path: string): string {
  const { file, classIndex, synset } = judged.photo;
  const truth = labelOf(classIndex)?.name ?? synset;
  return `<figure class="${verdictOf(judged)}"><img src="${escapeMarkup(pathToFileURL(path).href)}" loading="lazy" alt="">
<figcaption>${wordsOf(judged)}<br>is: ${escapeMarkup(truth)}<br><code>${escapeMarkup(file)}</code></figcaption></figure>`;
}

/**
 * A part for each verdict, the surest first in each.
 * @param pathOf where a photo's file lies
 */
export function contactSheet(
  judged: readonly Judged[],
  pathOf: (photo: Judged['photo']) => string,
): string {
  const parts = VERDICTS.flatMap((verdict) => {
    const those = judged.filter((each) => verdictOf(each) === verdict);
    if (those.length === 0) return [];
    const figures = those
      .sort((a, b) => surenessOf(b) - surenessOf(a))
      .map((each) => figure(each, pathOf(each.photo)));
    return `<h2>${verdict}: ${those.length} of ${judged.length}</h2>\n<section>\n${figures.join('\n')}\n</section>`;
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>What is said of ${judged.length} photos</title>
<style>${STYLE}</style>
<body>
<h1>What is said of ${judged.length} photos</h1>
${parts.join('\n')}
</html>
`;
}
