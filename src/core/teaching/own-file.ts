/**
 * The file that own labels travel in; docs/OWN-LABELS.md tells its form. Whatever a file holds that does
 * not fit makes it none of ours: nothing of it is taken.
 */
import {
  listOf,
  orNull,
  shapeOf,
  isBoolean,
  numberFrom,
  oneOf,
  textLike,
  textUpTo,
  wholeFrom,
} from '../check';
import { CodedError } from '../errors';
import { isPictureName } from '../saying/prediction-checks';
import { CLASS_COUNT, MODEL_VARIANTS } from '../saying/prediction';
import { fromBase64, toBase64 } from './base64';
import {
  isOwnName,
  isSight,
  isWordNetSynset,
  MAX_OWN_EXAMPLES,
  MAX_OWN_LABELS,
  type OwnExample,
  type OwnLabel,
  type Taught,
} from './own-label';

const KIND = 'own-labels';
const VERSION = 1;
/** Characters: the most that can be taught, with small copies, is below. */
export const MAX_OWN_FILE_LENGTH = 40_000_000;

/** An example without the ids by which this browser knows it. */
export type FiledExample = Omit<OwnExample, 'id' | 'label'> & { thumbnail: string | null };
export type FiledLabel = Omit<OwnLabel, 'id'> & { examples: FiledExample[] };

const isFileHead = shapeOf({ altLens: oneOf(KIND), version: oneOf(VERSION) });
/** A picture in the file itself: anything else would be asked of the network by whoever shows it. */
const isFiledThumbnail = textLike(/^data:image\/(?:webp|png|jpeg);base64,[\w+/=]{1,200000}$/);
const isFileLabels = shapeOf({
  labels: listOf(
    shapeOf({
      ...{ name: isOwnName, synset: orNull(isWordNetSynset), isOn: isBoolean },
      examples: listOf(
        shapeOf({
          ...{ picture: isPictureName, model: oneOf(...MODEL_VARIANTS) },
          ...{ features: textUpTo(4096), scale: numberFrom(0, 1e6) },
          classes: listOf(wholeFrom(0, CLASS_COUNT - 1), CLASS_COUNT),
          roots: listOf(wholeFrom(0, 65_535), CLASS_COUNT),
          ...{ addedAt: wholeFrom(0, Number.MAX_SAFE_INTEGER), page: textUpTo(2048) },
          thumbnail: orNull(isFiledThumbnail),
        }),
        MAX_OWN_EXAMPLES,
      ),
    }),
    MAX_OWN_LABELS,
  ),
});

/**
 * The text of a file with these labels.
 * @param thumbnails by example; left out where there is none
 */
export function ownFileText(
  { labels, examples }: Taught,
  thumbnails: ReadonlyMap<string, string>,
): string {
  const filed = labels.map(({ id, name, synset, isOn }) => ({
    ...{ name, synset, isOn },
    examples: examples
      .filter(({ label }) => label === id)
      .map(({ id: example, picture, sight, addedAt, page }) => ({
        ...{ picture, model: sight.variant, features: toBase64(sight.embedding.values) },
        ...{ scale: sight.embedding.scale, classes: [...sight.classes], roots: [...sight.roots] },
        ...{ addedAt, page, thumbnail: thumbnails.get(example) ?? null },
      })),
  }));
  return `${JSON.stringify({ altLens: KIND, version: VERSION, labels: filed })}\n`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new CodedError('file-not-readable', 'The file is no JSON, or cut off.');
  }
}

/**
 * What a file holds.
 * @throws CodedError `file-not-readable` for what is no JSON, `file-not-own-labels` for JSON of anything else
 */
export function readOwnFile(text: string): FiledLabel[] {
  const file = parsed(text);
  const refuse = (why: string): CodedError => new CodedError('file-not-own-labels', why);
  if (!isFileHead(file)) throw refuse('Not the head of a file of own labels.');
  if (!isFileLabels(file)) throw refuse('A label or an example is not in its form.');
  return file.labels.map(({ name, synset, isOn, examples }) => ({
    ...{ name, synset, isOn },
    examples: examples.map(({ model, features, scale, classes, roots, ...rest }) => {
      const { picture, addedAt, page, thumbnail } = rest;
      const sight = {
        variant: model,
        embedding: { values: fromBase64(features), scale },
        classes: Uint16Array.from(classes),
        roots: Uint16Array.from(roots),
      };
      if (!isSight(sight)) throw refuse('Features or classes of another form.');
      return { picture, sight, addedAt, page, thumbnail };
    }),
  }));
}
