import {
  type AskingPage,
  lookKey,
  pictureOnSite,
  pictureSize,
  siteOf,
} from '../core/look/cache-key';
import { putNewest } from '../core/newest';
import { isLookEnough } from '../core/look/first-look';
import type { Look } from '../core/look/look';
import type { Saying } from '../core/saying/prediction';
import { say } from '../core/saying/say';
import { withTwo } from '../core/saying/two-things';
import type { Voice } from '../core/saying/voice';
import type { Settings } from '../core/settings/settings';
import type { ModelManifest } from '../inference/engine/engine';
import type { Sender } from '../messages/server';
import { findLook, storeLook, type StoredLook } from '../platform/look-store';
import type { Voices, Window } from './voices';

/** Pictures that are looked for, looked at and spoken of at a time, more or less. */
const MAX_NAMES = 50;
/** Pictures that pages show now, about 2 kB each. */
const MAX_AT_HAND = 500;

/**
 * On whose behalf a look is asked for. A page can time its labels: what another site's pages had looked
 * at must not come to it sooner. A person's click is answered from what all clicks found, too.
 */
export interface Place extends Window {
  /** See `siteOf`; null where it cannot be told: nothing is written of such a page, nor found for it. */
  site: string | null;
  /** The document that asks; null for our own pages, which speak of all that was looked at. */
  documentId: string | null;
  /** Did a person ask? */
  isClick: boolean;
  /** The page's `lang`; null where it does not say. */
  language: string | null;
}

/** The looks that were taken, and what is said of each in the voice of the moment. */
export interface KnownLooks {
  /** Of pictures with the same key that are asked for at one time, one is looked at. */
  runKey(picture: string, settings: Settings, place: Place): string;
  /** The look of a picture with these settings' model, if it is known there and enough for their voice. */
  find(picture: string, settings: Settings, place: Place): Promise<StoredLook | null>;
  /** Keeps a look under these settings' model, unless the person has chosen another one meanwhile. */
  keep(picture: string, settings: Settings, taken: StoredLook, place: Place): Promise<void>;
  say(picture: string, known: StoredLook, place: Place): Promise<Saying>;
  /** Adds looks at the ends of a picture that was looked at, if it is known there: see `withTwo`. */
  keepEnds(picture: string, ends: readonly [Look, Look], place: Place): Promise<void>;
  /** What was seen of a picture, as far as it is known there; whether it is enough for the voice or not. */
  lookOf(picture: string, place: Place): Promise<Look | null>;
  /**
   * What is said now of a picture that was looked at before, without a new look; null where the look is
   * not known there (any more), or not enough for the voice.
   */
  sayAgain(picture: string, place: Place): Promise<Saying | null>;
}

interface Parts {
  models: ModelManifest;
  voices: Voices;
  settings: () => Promise<Settings>;
}

/** The place of a page that asks. */
export function placeOf(
  sender: AskingPage & Pick<Extract<Sender, { kind: 'content' }>, 'documentId' | 'isPrivate'>,
  { isClick, language = null }: { isClick: boolean; language?: string | null | undefined },
): Place {
  const { documentId, isPrivate } = sender;
  return { isPrivate, documentId, isClick, language, site: siteOf(sender) };
}

/** The place of our own pages. @param page the address of the tab's page that they speak of, if it is one */
export function ownPlace({ isPrivate }: Window, page = '', language: string | null = null): Place {
  const site = siteOf({ frameId: 0, pageAddress: page, tabAddress: page });
  return { isPrivate, site, language, documentId: null, isClick: true };
}

interface SpokenOf {
  isPrivate: boolean;
  /** Of the tab that a page of ours speaks of. */
  page?: string | undefined;
  language?: string | undefined;
  isClick: boolean;
}

/** Pages of ours say for themselves which window and page they speak of. */
export function speakingPlace(
  sender: Sender,
  { isPrivate, page, language, isClick }: SpokenOf,
): Place {
  if (sender.kind === 'extension-page') return ownPlace({ isPrivate }, page, language);
  const place = placeOf(sender, { isClick, language });
  return { ...place, isPrivate: place.isPrivate || isPrivate };
}

/** The newest last. */
function createMemory(): Pick<Map<string, StoredLook>, 'get' | 'set'> {
  const looks = new Map<string, StoredLook>();
  return {
    get: (name) => looks.get(name),
    set(name, look) {
      looks.delete(name);
      const [oldest] = looks.keys();
      if (looks.size >= MAX_AT_HAND && oldest !== undefined) looks.delete(oldest);
      return looks.set(name, look);
    },
  };
}

/** Of private windows, or of all others. A page knows what its own site was told, our own pages all. */
function createAtHand() {
  const told = createMemory();
  const newest = createMemory();
  const nameOf = (picture: string, place: Place): string =>
    `${picture} ${place.site ?? String(place.documentId)}`;
  return {
    get: (picture: string, place: Place): StoredLook | undefined =>
      place.documentId === null ? newest.get(picture) : told.get(nameOf(picture, place)),
    set(picture: string, place: Place, look: StoredLook): void {
      if (place.documentId !== null) told.set(nameOf(picture, place), look);
      newest.set(picture, look);
    },
  };
}

/** Looks that are taken while somebody searches: the search may have passed their place before. */
function createMeanwhile() {
  const looks = new Map<string, StoredLook>();
  let searches = 0;
  return {
    note(name: string, look: StoredLook): void {
      if (searches > 0) looks.set(name, look);
    },
    async orElse(name: string, search: Promise<StoredLook | null>): Promise<StoredLook | null> {
      searches += 1;
      try {
        return (await search) ?? looks.get(name) ?? null;
      } finally {
        searches -= 1;
        if (searches === 0) looks.clear();
      }
    },
  };
}

const sha256 = (bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> =>
  crypto.subtle.digest('SHA-256', bytes);

/** The names of pictures on sites, the newest: each is wanted where its look is sought, kept and said. */
const siteNames = new Map<string, Promise<string>>();

function nameOnSite(picture: string, site: string): Promise<string> {
  const of = `${picture} ${site}`;
  const name = siteNames.get(of) ?? pictureOnSite(picture, site, sha256);
  putNewest(siteNames, of, name, MAX_NAMES);
  return name;
}

function write(keys: readonly string[], chosen: Settings, taken: StoredLook): void {
  // The key names what was chosen: a look of another model, or at more, must not lie under it.
  const { variant, views } = taken.look;
  if (variant !== chosen.variant || views > chosen.views) return;
  for (const key of keys) storeLook(key, taken);
}

/** The look under the first of these keys that has one. */
async function firstKept(keys: readonly string[]): Promise<Look | null> {
  for (const key of keys) {
    const known = await findLook(key, { touch: false }).catch(() => null);
    if (known !== null) return known.look;
  }
  return null;
}

/** Under which names looks are kept. */
function createKeys(models: ModelManifest) {
  function keyOf(name: string, { variant, views }: Settings): string {
    return lookKey(name, { variant, weightsSha256: models[variant].weightsSha256, views });
  }

  /** Under which keys a place's look at a picture may lie, its site's first. */
  async function keysOf(picture: string, chosen: Settings, place: Place): Promise<string[]> {
    const { site, isPrivate, isClick } = place;
    const names = isClick ? [picture] : [];
    // What was seen in other windows must not be told in a private one.
    if (site !== null && !isPrivate) names.unshift(await nameOnSite(picture, site));
    return names.map((name) => keyOf(name, chosen));
  }

  return { keyOf, keysOf };
}

function sayOf(picture: string, { look, ends }: StoredLook, voice: Voice): Saying {
  const size = pictureSize(picture);
  const saying = say(look, size, voice);
  return ends === undefined
    ? saying
    : withTwo(saying, ends, Math.min(size.width, size.height), voice);
}

export function createKnownLooks({ models, voices, settings }: Parts): KnownLooks {
  /** For `sayAgain` alone: of a private window nothing else is kept, and the database may be broken or cleared. */
  const atHand = { public: createAtHand(), private: createAtHand() };
  const { keyOf, keysOf } = createKeys(models);
  const memoryOf = ({ isPrivate }: Window) => (isPrivate ? atHand.private : atHand.public);

  async function search(
    keys: readonly string[],
    picture: string,
    chosen: Settings,
    { touch }: { touch: boolean },
  ): Promise<{ known: StoredLook; key: string } | null> {
    // Side by side: a person's click waits for each way to the database and back.
    // The cache is a convenience: a broken database costs time, never an answer.
    const found = await Promise.all(keys.map((key) => findLook(key, { touch }).catch(() => null)));
    for (const [place, known] of found.entries()) {
      const key = keys[place];
      if (known === null || key === undefined) continue;
      if (isLookEnough(known.look, pictureSize(picture), chosen)) return { known, key };
    }
    return null;
  }

  function runKey(picture: string, chosen: Settings, place: Place): string {
    const { isPrivate, site, documentId } = place;
    const where = `${isPrivate ? 'private' : ''} ${site ?? String(documentId)}`;
    return `${keyOf(picture, chosen)}-${chosen.minimumConfidence} ${where}`;
  }

  const meanwhile = createMeanwhile();

  function find(picture: string, chosen: Settings, place: Place): Promise<StoredLook | null> {
    const name = runKey(picture, chosen, place);
    return meanwhile.orElse(name, findKept(picture, chosen, place));
  }

  async function findKept(
    picture: string,
    chosen: Settings,
    place: Place,
  ): Promise<StoredLook | null> {
    const keys = await keysOf(picture, chosen, place);
    const found = await search(keys, picture, chosen, { touch: !place.isPrivate });
    if (found === null) return null;
    // After a click its site knows the picture, whether it was known to other clicks or not.
    if (found.key !== keys[0]) write(keys.slice(0, 1), chosen, found.known);
    return found.known;
  }

  async function keep(
    picture: string,
    chosen: Settings,
    taken: StoredLook,
    place: Place,
  ): Promise<void> {
    memoryOf(place).set(picture, place, taken);
    meanwhile.note(runKey(picture, chosen, place), taken);
    if (!place.isPrivate) write(await keysOf(picture, chosen, place), chosen, taken);
  }

  /** @param keys under which what is said is kept, for the next time */
  async function speak(
    picture: string,
    known: StoredLook,
    place: Place,
    keysFor: (chosen: Settings) => readonly string[] | Promise<readonly string[]>,
  ): Promise<Saying> {
    // The voice of this moment: while the model ran, the person may have changed it.
    const chosen = await settings();
    const voice = await voices.of(picture, known.look, chosen, place);
    const mark = await voices.markOf(voice);
    memoryOf(place).set(picture, place, known);
    if (known.said?.mark === mark) return known.said.saying;
    const saying = sayOf(picture, known, voice);
    const said = { ...known, said: { mark, saying } };
    memoryOf(place).set(picture, place, said);
    if (!place.isPrivate) write(await keysFor(chosen), chosen, said);
    return saying;
  }

  return {
    ...{ runKey, find, keep },
    say: (picture, known, place) =>
      speak(picture, known, place, (chosen) => keysOf(picture, chosen, place)),
    async keepEnds(picture, ends, place) {
      const chosen = await settings();
      const keys = await keysOf(picture, chosen, place);
      const known =
        memoryOf(place).get(picture, place) ??
        (await search(keys, picture, chosen, { touch: false }))?.known;
      if (known === undefined) return;
      const added = { ...known, ends, said: null };
      memoryOf(place).set(picture, place, added);
      if (!place.isPrivate) write(keys, chosen, added);
    },
    async lookOf(picture, place) {
      const chosen = await settings();
      const near = memoryOf(place).get(picture, place);
      if (near?.look.variant === chosen.variant) return near.look;
      return await firstKept(await keysOf(picture, chosen, place));
    },
    async sayAgain(picture, place) {
      const chosen = await settings();
      const near = memoryOf(place).get(picture, place);
      if (near !== undefined && isLookEnough(near.look, pictureSize(picture), chosen)) {
        const isOurs = place.documentId === null;
        return await speak(picture, near, place, (now) =>
          // Where it is kept, if it is, our own pages need not know.
          isOurs ? [] : keysOf(picture, now, place),
        );
      }
      const keys = await keysOf(picture, chosen, place);
      // Nobody looks at the picture for the first time now: the database need not note a use.
      const found = await search(keys, picture, chosen, { touch: false });
      if (found === null) return null;
      return await speak(picture, found.known, place, () => [found.key]);
    },
  };
}
