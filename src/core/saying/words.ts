/** The words of a language for the nodes of the taxonomy, from the file that the build packs of its table. */
import { CodedError } from '../errors';
import { hasLabel, type PlainLabel } from './labels';
import type { Language } from './languages';
import { NODE_COUNT } from './taxonomy';
import type { Words } from './voice';
import { MAX_DRAFT_CHARACTERS } from './wording';

/** First line of a packed file. */
export interface WordsHead {
  lang: Language;
  /** Sentences with `{phrase}`: article and label. */
  hint: string;
  guess: string;
  /** `{first}` and `{second}` are two phrases. */
  two: string;
  /** Does an alt text begin with a capital letter? */
  isCapital: boolean;
  /** Between article and label: empty in languages without spaces. */
  space: '' | ' ';
}

/** The nodes that have a label, in the order of the packed lines. */
export function labelledNodes(): number[] {
  return Array.from(Array(NODE_COUNT).keys()).filter(hasLabel);
}

function joined({ article, name }: PlainLabel, space: string): string {
  if (article === '') return name;
  // un' animale, l'arbre: elided forms stand close.
  return article + (/['’]$/.test(article) ? '' : space) + name;
}

function isHead(value: unknown): value is WordsHead {
  if (typeof value !== 'object' || value === null) return false;
  const head = value as Record<keyof WordsHead, unknown>;
  const hasPhrase = (sentence: unknown): boolean =>
    typeof sentence === 'string' && sentence.split('{phrase}').length === 2;
  const { two } = head;
  const hasTwo = typeof two === 'string' && two.includes('{first}') && two.includes('{second}');
  return hasPhrase(head.hint) && hasPhrase(head.guess) && hasTwo && typeof head.space === 'string';
}

/** A Spanish `y` before the same sound is an `e`: perro e iguana. */
function joinedTwo(two: string, lang: Language, first: string, second: string): string {
  const isSameSound = lang === 'es' && /^h?i(?!e)/i.test(second);
  const pattern = isSameSound ? two.replace(' y ', ' e ') : two;
  return pattern.replace('{first}', () => first).replace('{second}', () => second);
}

/**
 * Reads a packed file: a line of JSON, then a line a node with label and article, parted by a tab.
 * @throws CodedError `model-altered` where the text is no such file, or of another taxonomy
 */
export function parseWords(packed: string, lang: Language): Words {
  const [first = '', ...lines] = packed.trimEnd().split('\n');
  const broken = (): CodedError =>
    new CodedError('model-altered', `The words of ${lang} are not what the build made.`);
  let head: unknown;
  try {
    head = JSON.parse(first);
  } catch {
    throw broken();
  }
  const nodes = labelledNodes();
  if (!isHead(head) || head.lang !== lang || lines.length !== nodes.length) throw broken();
  const { hint, guess, two, isCapital, space } = head;
  const labels = new Map<number, PlainLabel>();
  lines.forEach((line, index) => {
    const [name = '', article = ''] = line.split('\t');
    const node = nodes[index];
    if (node === undefined || name === '') throw broken();
    labels.set(node, { article, name, isKind: false });
  });
  const said = (pattern: string, label: PlainLabel): string =>
    pattern.replace('{phrase}', () => joined(label, space));
  const draftOf = (name: string): string => {
    const [initial = '', ...rest] = name;
    // A Turkish i has a capital of its own.
    const start = isCapital ? initial.toLocaleUpperCase(lang) : initial;
    return (start + rest.join('')).slice(0, MAX_DRAFT_CHARACTERS);
  };
  const twoLabel = (first: PlainLabel, second: PlainLabel): string =>
    joinedTwo(two, lang, first.name, second.name);
  return {
    lang,
    labelOf: (node) => labels.get(node),
    hintText: (label) => said(hint, label),
    guessText: (label) => said(guess, label),
    draftText: ({ name }) => draftOf(name),
    twoText: (first, second) =>
      hint.replace('{phrase}', () =>
        joinedTwo(two, lang, joined(first, space), joined(second, space)),
      ),
    twoLabel,
    twoDraft: (first, second) => draftOf(twoLabel(first, second)),
  };
}
