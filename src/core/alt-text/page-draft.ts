/**
 * A second draft of an alt text, in the page's own words: where a text beside the picture names what the
 * model sees in it, as `Giant panda, Beijing Zoo` does. Taken over as it is written, never made up; whatever
 * leaves a doubt resolves to none. Not for the content script: it needs the taxonomy.
 */
import { labelOf } from '../saying/labels';
import type { Saying } from '../saying/prediction';
import { bitsOf, isAtOrBelow, nodeOf, parentsOf } from '../saying/taxonomy';
import { MAX_DRAFT_CHARACTERS } from '../saying/wording';
import { comparable, isAddress } from './alt-words';
import { flat } from './flat';
import { mayNotMatch } from './mismatch';
import { ENGLISH_COMPARED } from './mismatch-terms';
import { TEXT_SOURCES, type PageTexts, type TextSource } from './page-texts';

export interface PageDraft {
  text: string;
  from: TextSource;
}

/** A kind that tells less names too much: 3 bits say `dog`, 1 bit `animal`. */
const MIN_BITS = 3;
/** Scripts that write words without spaces. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Nodes from here upward, the node itself among them. */
function upward(node: number): ReadonlySet<number> {
  const reached = new Set([node]);
  for (const each of reached) for (const parent of parentsOf(each)) reached.add(parent);
  return reached;
}

/** A label, and the same without the kind at its end: `a kite bird` is called a kite beside its picture. */
function shortened(label: string, kinds: ReadonlySet<string>): string[] {
  const words = label.split(' ');
  const isLong = words.length > 1 && kinds.has(words.at(-1) ?? '');
  return isLong ? [label, words.slice(0, -1).join(' ')] : [label];
}

/** A kind below what is said is likelier than not, by the likeliest classes alone. */
const LIKELY = 0.5;

/** The names, to be compared by, of what is seen, of the kinds above, and of the classes below that are likely. */
function namesOf({ hint, predictions, draft }: Saying): ReadonlySet<string> {
  const seen = hint === null ? undefined : nodeOf(hint.synset);
  if (hint === null || seen === undefined) return new Set();
  const above = [...upward(seen)];
  const below = predictions.flatMap(({ synset, label, probability }) => {
    const node = nodeOf(synset);
    return node !== undefined && isAtOrBelow(node, seen) ? [{ node, label, probability }] : [];
  });
  // Of a dog that is safely called a mammal, `dog` is between what is said and the likeliest class.
  const massOf = (kind: number): number =>
    below.reduce(
      (sum, { node, probability }) => sum + (upward(node).has(kind) ? probability : 0),
      0,
    );
  const between = [...upward(below[0]?.node ?? seen)].filter(
    (node) => bitsOf(node) >= MIN_BITS && upward(node).has(seen) && massOf(node) > LIKELY,
  );
  const kinds = new Set(above.flatMap((node) => labelOf(node)?.name.toLowerCase() ?? []));
  const english = [...above.filter((node) => bitsOf(node) >= MIN_BITS), seen].concat(
    between,
    below.map(({ node }) => node),
  );
  const labels = english.flatMap((node) => {
    const name = labelOf(node)?.name;
    return name === undefined ? [] : shortened(name.toLowerCase(), kinds);
  });
  const inLanguage = [hint.label, draft ?? '', ...below.map(({ label }) => label)];
  return new Set([...labels, ...inLanguage].map(comparable).filter((name) => name !== ''));
}

/** The words of a file's name, without its ending and the sizes behind them; empty where it has none. */
export function fileNameWords(fileName: string): string {
  const words = fileName.replace(/\.\w{1,5}$/u, '').split(/[-_+.\s]+/u);
  while (/\d/u.test(words.at(-1) ?? '')) words.pop();
  const areWords = words.length > 1 && words.every((word) => /^[\p{L}\p{M}’']+$/u.test(word));
  if (!areWords) return '';
  const [first = '', ...rest] = words.join(' ');
  return first.toUpperCase() + rest.join('');
}

/** Does the phrase with the name end behind it? `dog food` is no dog. Asked of English alone. */
function endsPhrase(behind: string): boolean {
  if (/^\s*(?:$|[^\p{L}\p{N}\s])/u.test(behind)) return true;
  const [next = ''] = comparable(behind).split(' ');
  return ENGLISH_COMPARED.after.has(next) || /^\d+$/u.test(next);
}

/** Where a name ends in a text as it is written, its plural too; -1 where it is not named. */
function endOf(name: string, text: string): number {
  if (UNSPACED.test(name)) {
    const at = text.toLowerCase().indexOf(name);
    return at < 0 ? -1 : at + name.length;
  }
  const wanted = name.split(' ');
  const words = [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)];
  for (let at = 0; at + wanted.length <= words.length; at += 1) {
    const isNamed = wanted.every((word, place) => {
      const written = comparable(words[at + place]?.[0] ?? '');
      const isLast = place === wanted.length - 1;
      return written === word || (isLast && (written === `${word}s` || written === `${word}es`));
    });
    const last = words[at + wanted.length - 1];
    if (isNamed && last !== undefined) return last.index + last[0].length;
  }
  return -1;
}

function agrees(text: string, saying: Saying, names: ReadonlySet<string>): boolean {
  const isEnglish = saying.draftLang === 'en';
  const ends = [...names]
    .map((name) => ({ name, end: endOf(name, text) }))
    .filter(({ end }) => end >= 0 && (!isEnglish || endsPhrase(text.slice(end))));
  if (ends.length === 0) return false;
  // A toy poodle is a dog; the statue of one is none.
  const own = new Set(ends.flatMap(({ name }) => name.split(' ')));
  const isLikeness = comparable(text)
    .split(' ')
    .some(
      (word) =>
        !own.has(word) &&
        (ENGLISH_COMPARED.silent.has(word) || ENGLISH_COMPARED.silent.has(word.replace(/s$/u, ''))),
    );
  return !isLikeness && mayNotMatch(text, saying) === null;
}

/**
 * The first text of the page that may be the picture's, or null.
 * @param saying what the model says of the picture; without a hint nothing agrees
 */
export function pageDraft(texts: PageTexts, saying: Saying): PageDraft | null {
  const names = namesOf(saying);
  if (names.size === 0) return null;
  const said = comparable(saying.draft ?? '');
  for (const from of TEXT_SOURCES) {
    const written = flat(texts[from]);
    const text = from === 'fileName' ? fileNameWords(written) : written;
    if (text === '' || text.length > MAX_DRAFT_CHARACTERS || isAddress(text)) continue;
    // The first draft says as much.
    if (comparable(text) === said) continue;
    if (agrees(text, saying, names)) return { text, from };
  }
  return null;
}
