/** What a model is called that its person has given no name yet. */
import { tidyName } from '../teaching/own-label';

/** Of a name that is made here, characters: with a label of the model before it still one line. */
const MAX_MADE = 40;
const MAX_NAMED_LABELS = 3;

/** What converters and Teachable Machine call every model, and browsers what they saved twice. */
const SAYS_NOTHING =
  /^(?:(?:web|tfjs|tf|my|tm|keras|saved|converted|image|graph|layers)?[-_ ]?models?|tm-my-image-model|converted[-_](?:keras|savedmodel|tflite)|tfjs|export|untitled)(?: ?\(\d+\)|[-_ ]\d+)?$/iu;

function cut(name: string): string {
  const characters = Array.from(name);
  return characters.length > MAX_MADE ? `${characters.slice(0, MAX_MADE - 1).join('')}…` : name;
}

/** "zebra, bus +3": the first labels and how many more there are, in signs that every language reads. */
function nameOfLabels(labels: readonly string[]): string {
  let named = 1;
  const isShort = (count: number) => labels.slice(0, count).join(', ').length <= MAX_MADE - 5;
  while (named < Math.min(MAX_NAMED_LABELS, labels.length) && isShort(named + 1)) named += 1;
  const more = labels.length - named;
  return [cut(labels.slice(0, named).join(', ')), ...(more > 0 ? [`+${more}`] : [])].join(' ');
}

/** Its folder's or zip file's name, else that of the file with its topology. */
function fileName(paths: readonly string[]): string {
  const path = paths.find((each) => each.includes('/') || /\.zip$/i.test(each));
  const json = paths.find((each) => /\.json$/i.test(each) && !/^metadata\.json$/i.test(each));
  const [first = ''] = (path ?? json ?? '').split('/');
  const name = tidyName(first.replace(/\.(?:zip|json)$/i, ''));
  return SAYS_NOTHING.test(name) ? '' : cut(name);
}

/**
 * A name for a new model: of its files, where theirs says anything, else of its labels; with a number where
 * another model has it.
 * @param paths of the files that were brought
 * @param taken names of the other models
 */
export function modelName(
  paths: readonly string[],
  labels: readonly string[],
  taken: ReadonlySet<string>,
): string {
  const name = tidyName(fileName(paths) || nameOfLabels(labels));
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name} (${number})`;
  return free;
}
