import type { Raster } from '../core/look/raster';
import { wholeCrop } from '../core/look/views';
import { isTaught, type ModelVariant } from '../core/saying/prediction';
import { nodeOf } from '../core/saying/taxonomy';
import { meanOf } from '../core/where/feature-map';
import { type Where, whereOf, whereOfOwn } from '../core/where/where';
import type { Engine } from '../inference/engine/engine';
import type { OwnLabels } from './own-labels';

/** Pictures whose pixels wait for the question where something is in them: 0.4 to 1.2 MB each. */
const MAX_AT_HAND = 4;

type SeenMap = Awaited<ReturnType<Engine['see']>>;

interface AtHand {
  raster: Raster;
  /** Of the picture that was asked about last. */
  seen: Promise<SeenMap> | null;
}

/** Where in a picture its label comes from: one look on request, none for another label of the same picture. */
export interface Places {
  /**
   * Keeps the pixels of what a person asked for at hand, in memory: the question may follow. What one
   * document asked for is told to no other one.
   * @param documentId null for the extension's own pages
   */
  keep(picture: string, raster: Raster, documentId: string | null): void;
  /** The pixels that are at hand; null where they are not (any more). Pages of ours speak of all. */
  rasterOf(picture: string, documentId: string | null): Raster | null;
  /**
   * @returns null where the pixels are not at hand (any more)
   * @throws CodedError of the engine
   */
  inPicture(picture: string, synset: string, documentId: string | null): Promise<Where | null>;
  /** In a small copy that a page of ours shows. @throws CodedError of the decoder and the engine */
  inFile(bytes: Uint8Array<ArrayBuffer>, synset: string): Promise<Where | null>;
}

interface Parts {
  engine: Pick<Engine, 'see'>;
  /** Brings the engine in line with the settings. @throws CodedError of the engine */
  start: () => Promise<void>;
  ownLabels: Pick<OwnLabels, 'speaker'>;
  /** Of the model that looks. */
  variant: () => Promise<ModelVariant>;
  /** @throws CodedError */
  decode: (bytes: Uint8Array<ArrayBuffer>) => Promise<Raster>;
}

export function createPlaces({ engine, start, ownLabels, variant, decode }: Parts): Places {
  /** The newest last. */
  const atHand = new Map<string, AtHand>();
  const nameOf = (picture: string, documentId: string | null): string =>
    `${picture} ${String(documentId)}`;

  async function see(raster: Raster): Promise<SeenMap> {
    await start();
    // All of it: the label's own views leave out what is beyond the middle square.
    return await engine.see(raster, wholeCrop(raster));
  }

  function seenOnce(asked: AtHand): Promise<SeenMap> {
    if (asked.seen === null) {
      for (const each of atHand.values()) each.seen = null;
      const seeing = see(asked.raster);
      asked.seen = seeing;
      seeing.catch(() => {
        if (asked.seen === seeing) asked.seen = null;
      });
    }
    return asked.seen;
  }

  async function placeIn({ map, classifier }: SeenMap, synset: string): Promise<Where | null> {
    if (isTaught({ synset })) {
      const own = await ownLabels.speaker(await variant());
      const direction = own?.directionOf(synset, meanOf(map)) ?? null;
      return direction === null ? null : whereOfOwn(map, direction);
    }
    const node = nodeOf(synset);
    return node === undefined ? null : whereOf(map, classifier, node);
  }

  return {
    keep(picture, raster, documentId) {
      const name = nameOf(picture, documentId);
      const seen = atHand.get(name)?.seen ?? null;
      atHand.delete(name);
      atHand.set(name, { raster, seen });
      const [oldest] = atHand.keys();
      if (atHand.size > MAX_AT_HAND && oldest !== undefined) atHand.delete(oldest);
    },
    rasterOf(picture, documentId) {
      const known = atHand.get(nameOf(picture, documentId));
      if (known !== undefined || documentId !== null) return known?.raster ?? null;
      const [, any] = [...atHand].find(([name]) => name.startsWith(`${picture} `)) ?? [];
      return any?.raster ?? null;
    },
    async inPicture(picture, synset, documentId) {
      const asked = atHand.get(nameOf(picture, documentId));
      return asked === undefined ? null : placeIn(await seenOnce(asked), synset);
    },
    inFile: async (bytes, synset) => placeIn(await see(await decode(bytes)), synset),
  };
}
