/** What a person teaches: their own names for what pictures show. */
import { hex } from '../core/hex';
import { CodedError } from '../core/errors';
import type { Look } from '../core/look/look';
import type { ModelVariant } from '../core/saying/prediction';
import { sightOf } from '../core/teaching/likeness';
import { type FiledLabel, ownFileText, readOwnFile } from '../core/teaching/own-file';
import { fitOwnHead, type OwnHead } from '../core/teaching/own-head';
import {
  exampleId,
  labelId,
  nameKey,
  tidyName,
  type OwnExample,
  type OwnLabel,
  type Taught,
} from '../core/teaching/own-label';
import type { OwnSpeaker } from '../core/teaching/own-match';
import type { Lesson, OwnLabelState } from '../messages/protocol';
import { thumbnailOfOutcome } from '../platform/outcome-store';
import {
  changeTaught,
  forgetOwnThumbnails,
  loadOwnThumbnails,
  loadTaught,
  type OwnChange,
} from '../platform/own-label-store';
import { sampleLooks } from '../platform/look-store';
import { loadThumbnails } from '../platform/thumbnail-store';

/** Pictures of the cache that labels are tried on: a label that is wrong on one of a thousand shows. */
const MAX_TRIED = 1000;

export interface Example {
  /** See `pictureHash`. */
  picture: string;
  look: Look;
  /** As the person wrote it. */
  name: string;
  synset: string | null;
  /** Address of the page where it was met; empty for a file. */
  page: string;
  /** May a small copy be kept? */
  keepsPicture: boolean;
  /** That copy as a `data:` URL; null for one that the session has, if it does. */
  thumbnail: string | null;
}

export interface OwnLabels {
  /** Who names pictures by the labels that are on; null where nothing was taught with that model. */
  speaker: (variant: ModelVariant) => Promise<OwnSpeaker | null>;
  /** Takes an example; of a name that is there, to its label. Kept when it resolves. @throws CodedError */
  teach: (example: Example) => Promise<Lesson>;
  /** Forgets examples, and labels that have none left. */
  forgetExamples: (ids: readonly string[]) => Promise<void>;
  /** Another name for a label, that of another one makes both one; or whether it is said. */
  change: (id: string, changes: { name?: string; isOn?: boolean }) => Promise<void>;
  forget: (ids: readonly string[]) => Promise<void>;
  /** All labels with their examples, and how well each is told. */
  states: (variant: ModelVariant) => Promise<OwnLabelState[]>;
  /** The names of all labels. */
  names: () => Promise<string[]>;
  /** The text of a file with these labels, or all (null). */
  fileOf: (ids: readonly string[] | null) => Promise<string>;
  /** Adds what a file holds, to labels of the same name. @returns how many examples are new @throws CodedError */
  adopt: (text: string) => Promise<number>;
  forgetThumbnails: () => Promise<void>;
}

function randomBytes(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(4));
}

const newLabel = (name: string, synset: string | null): OwnLabel => ({
  ...{ id: labelId(randomBytes()), name, synset, isOn: true },
});

function labelOfName(labels: readonly OwnLabel[], name: string): OwnLabel | undefined {
  const key = nameKey(name);
  return labels.find((label) => nameKey(label.name) === key);
}

/** The labels that would be left without examples. */
function emptied({ labels, examples }: Taught, gone: ReadonlySet<string>): string[] {
  const left = new Set(examples.filter(({ id }) => !gone.has(id)).map(({ label }) => label));
  return labels.filter(({ id }) => !left.has(id)).map(({ id }) => id);
}

/** What adding a file's labels changes. */
function adoption(taught: Taught, filed: readonly FiledLabel[]) {
  const putLabels: OwnLabel[] = [];
  const putExamples: OwnExample[] = [];
  const putThumbnails = new Map<string, string>();
  const nameOf = (picture: string, variant: string, label: string): string =>
    `${label} ${variant} ${picture}`;
  const known = new Set(
    taught.examples.map(({ picture, sight, label }) => nameOf(picture, sight.variant, label)),
  );
  for (const { name, synset, isOn, examples } of filed) {
    const there = labelOfName([...taught.labels, ...putLabels], name);
    const label = there ?? { ...newLabel(name, synset), isOn };
    const fresh = examples.filter(({ picture, sight }) => {
      const named = nameOf(picture, sight.variant, label.id);
      if (known.has(named)) return false;
      known.add(named);
      return true;
    });
    if (fresh.length === 0) continue;
    if (there === undefined) putLabels.push(label);
    for (const { thumbnail, ...example } of fresh) {
      const id = exampleId(randomBytes());
      putExamples.push({ ...example, id, label: label.id });
      if (thumbnail !== null) putThumbnails.set(id, thumbnail);
    }
  }
  return { putLabels, putExamples, putThumbnails };
}

/** Another name for a label: that of another one joins the two. */
function renaming({ labels, examples }: Taught, id: string, name: string): OwnChange | null {
  const label = labels.find((each) => each.id === id);
  if (label === undefined) return null;
  const other = labelOfName(labels, name);
  if (other === undefined || other.id === id) {
    return { putLabels: [{ ...label, name, synset: null }] };
  }
  const moved = examples.filter((each) => each.label === id);
  return {
    dropLabels: [id],
    putExamples: moved.map((example) => ({ ...example, label: other.id })),
  };
}

/** A small copy of a picture that the session has, from the list of results or from a report. */
async function thumbnailAtHand(picture: string): Promise<string | null> {
  const [ofOutcome, ofReport] = await Promise.all([
    thumbnailOfOutcome(picture).catch(() => null),
    loadThumbnails([picture]).catch(() => new Map<string, string>()),
  ]);
  return ofOutcome ?? ofReport.get(picture) ?? null;
}

export function createOwnLabels(): OwnLabels {
  /** Fitted for what was taught at one time; a change makes another object. */
  let fitted: { of: Taught; heads: Map<ModelVariant, OwnHead | null> } | null = null;

  async function head(variant: ModelVariant): Promise<OwnHead | null> {
    const taught = await loadTaught();
    if (fitted?.of !== taught) fitted = { of: taught, heads: new Map() };
    let found = fitted.heads.get(variant);
    if (found === undefined) {
      found = fitOwnHead(taught, variant, await markOf(taught));
      fitted.heads.set(variant, found);
    }
    return found;
  }

  async function teach(example: Example): Promise<Lesson> {
    const name = tidyName(example.name);
    if (name === '') throw new CodedError('message-refused', 'Nothing is left of the name.');
    const { picture, look, synset, page, keepsPicture } = example;
    const thumbnail = keepsPicture ? (example.thumbnail ?? (await thumbnailAtHand(picture))) : null;
    const sight = sightOf(look);
    const lessons: Lesson[] = [];
    await changeTaught(({ labels, examples }) => {
      const label = labelOfName(labels, name) ?? newLabel(name, synset);
      const before = examples.find(
        (each) =>
          each.label === label.id &&
          each.picture === picture &&
          each.sight.variant === look.variant,
      );
      const id = before?.id ?? exampleId(randomBytes());
      lessons.push({ label: label.id, name: label.name, example: id });
      return {
        putLabels: [{ ...label, isOn: true }],
        putExamples: [{ id, label: label.id, picture, sight, addedAt: Date.now(), page }],
        putThumbnails: new Map(thumbnail === null ? [] : [[id, thumbnail]]),
      };
    });
    const [lesson] = lessons;
    if (lesson === undefined) throw new Error('The change was not made.');
    return lesson;
  }

  return {
    speaker: head,
    teach,
    async forgetExamples(ids) {
      await changeTaught((taught) => ({
        dropExamples: ids,
        dropLabels: emptied(taught, new Set(ids)),
      }));
    },
    async change(id, { name, isOn }) {
      await changeTaught((taught) => {
        const label = taught.labels.find((each) => each.id === id);
        if (label === undefined) return null;
        if (isOn !== undefined) return { putLabels: [{ ...label, isOn }] };
        const tidy = tidyName(name ?? '');
        return tidy === '' ? null : renaming(taught, id, tidy);
      });
    },
    async forget(ids) {
      await changeTaught(() => ({ dropLabels: ids }));
    },
    async states(variant) {
      const [{ labels, examples }, thumbnails, known, tried] = await Promise.all([
        ...([loadTaught(), loadOwnThumbnails(), head(variant)] as const),
        sampleLooks(MAX_TRIED).catch((): Look[] => []),
      ]);
      const named = tried.flatMap((look) => known?.match(look) ?? []);
      return labels
        .map((label): OwnLabelState => {
          const quality = known?.quality.find((each) => each.label === label.id);
          return {
            ...{ id: label.id, name: label.name, isOn: label.isOn },
            examples: examples
              .filter((each) => each.label === label.id)
              .map(({ id, page, addedAt }) => ({
                ...{ id, page, addedAt, thumbnail: thumbnails.get(id) ?? null },
              })),
            ...{ found: quality?.found ?? 0, of: quality?.of ?? 0 },
            called: named.filter((match) => !match.isCopy && match.label.id === label.id).length,
            tried: tried.length,
          };
        })
        .sort((one, other) => one.name.localeCompare(other.name));
    },
    async names() {
      return (await loadTaught()).labels.map(({ name }) => name);
    },
    async fileOf(ids) {
      const [{ labels, examples }, thumbnails] = await Promise.all([
        loadTaught(),
        loadOwnThumbnails(),
      ]);
      const chosen = labels.filter(({ id }) => ids === null || ids.includes(id));
      return ownFileText({ labels: chosen, examples }, thumbnails);
    },
    async adopt(text) {
      const filed = readOwnFile(text);
      let added = 0;
      await changeTaught((taught) => {
        const change = adoption(taught, filed);
        added = change.putExamples.length;
        return added === 0 ? null : change;
      });
      return added;
    },
    forgetThumbnails: forgetOwnThumbnails,
  };
}

/** Ids are random: the same ones under the same names are the same state, over stops of the worker too. */
async function markOf({ labels, examples }: Taught): Promise<string> {
  const state = JSON.stringify([
    labels.map(({ id, name, synset, isOn }) => JSON.stringify([id, name, synset, isOn])).toSorted(),
    examples.map(({ id, label, addedAt }) => `${id}${label}${addedAt}`).toSorted(),
  ]);
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(state));
  return hex(new Uint8Array(hash, 0, 8));
}
