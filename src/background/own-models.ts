/** Image classifiers that a person brings along: checked, tried, kept, and asked about pictures. */
import { isCodedError, toFailure } from '../core/errors';
import type { Raster } from '../core/look/raster';
import type { CheckedModel } from '../core/own-models/model-parts';
import { modelFault } from '../core/own-models/fault';
import type { OwnAnswer } from '../core/own-models/own-answer';
import {
  isChosenFor,
  isDistribution,
  isInsteadOn,
  modelId,
  type OwnModel,
  probabilitiesOf,
  speaksOn,
  type ValueRange,
} from '../core/own-models/own-model';
import type { Backend } from '../core/saying/prediction';
import { tidyName } from '../core/teaching/own-label';
import type { NamedBlob } from '../inference/own-models/tools';
import type { OwnModelState } from '../messages/protocol';
import { inflate } from '../platform/inflate';
import {
  addOwnModel,
  changeOwnModel,
  forgetOwnModels,
  loadModelParts,
  loadOwnModels,
  sweepOwnModels,
} from '../platform/own-model-store';
import { createOwnModelRuns, type OwnModelRuns, type RunParts } from './own-model-runs';

/** Pictures whose answers are shared by all who ask for them. */
const MAX_ANSWERED = 4;
/** Of the picture that a model is tried on, pixels. */
const TRIED_SIDE = 64;

export interface OwnModels {
  /**
   * Checks a model's files (or a zip file of them), tries the model on one picture, and keeps it, turned on.
   * @param range for a model that does not tell by itself
   * @throws CodedError `own-model-…`; then nothing is changed
   */
  add: (files: readonly NamedBlob[], range: ValueRange) => Promise<OwnModelState>;
  states: () => Promise<OwnModelState[]>;
  /** @returns origins of the sites where labels had, or have now, a word of the model */
  change: (
    id: string,
    changes: Partial<Pick<OwnModel, 'name' | 'isOn' | 'sites' | 'isInstead'>>,
  ) => Promise<Set<string>>;
  /** Deletes a model, or brings it back: for a while that can be done. @returns as `change` */
  setDeleted: (id: string, isDeleted: boolean) => Promise<Set<string>>;
  forgetAll: () => Promise<void>;
  /**
   * What the models that are on say of a picture; those that fail say nothing. Nothing is loaded where none is on.
   * @param picture names the picture and who asks: who asks again has the same answer
   * @param site origin of the page; null where it cannot be told, and for files
   */
  answers: (picture: string, raster: Raster, site: string | null) => Promise<OwnAnswer[]>;
  /** The same of a picture that is labelled: of the models alone that were chosen for the site. */
  labelAnswers: (raster: Raster, site: string | null) => Promise<OwnAnswer[]>;
  /** Is there a model that was chosen for the site? */
  hasChosenFor: (site: string | null) => Promise<boolean>;
  /** Is there one that speaks there instead of the built-in model? */
  hasInsteadOn: (site: string | null) => Promise<boolean>;
}

/** A picture of smooth colours, for a model to be tried on. */
function triedPicture(): Raster {
  const data = new Uint8ClampedArray(TRIED_SIDE * TRIED_SIDE * 4);
  for (let pixel = 0; pixel < TRIED_SIDE * TRIED_SIDE; pixel += 1) {
    const [x, y] = [pixel % TRIED_SIDE, Math.floor(pixel / TRIED_SIDE)];
    data.set([x * 4, y * 4, (x + y) * 2, 255], pixel * 4);
  }
  return { width: TRIED_SIDE, height: TRIED_SIDE, data };
}

function stateOf(model: OwnModel, backend: Backend | null): OwnModelState {
  const { id, name, format, labels, input, bytes, isOn, sites, isInstead } = model;
  return { id, name, format, labels, input, bytes, isOn, sites, isInstead, backend };
}

/** The likeliest label. */
function likeliest(model: OwnModel, probabilities: Float32Array, site: string | null): OwnAnswer {
  const { name, labels } = model;
  const probability = probabilities.reduce((one, other) => Math.max(one, other), 0);
  const label = labels[probabilities.indexOf(probability)] ?? '';
  const place = isInsteadOn(model, site) ? { isInstead: true } : {};
  return { model: name, label, probability, ...place };
}

/** What one picture shows of a model. @throws CodedError `own-model-…` */
async function tried(
  { run, tools }: OwnModelRuns,
  id: string,
  checked: CheckedModel,
  range: ValueRange,
): Promise<Pick<OwnModel, 'input' | 'isProbability'>> {
  const { file, labels, labelsFile, endsInProbabilities } = checked;
  const { checkCount, inputFor, modelInputOf } = await tools();
  const running = run(
    id,
    () => Promise.resolve(checked),
    async (model) => {
      const input = inputFor(checked, model.shapes, range);
      return { input, outputs: await model.run(modelInputOf(triedPicture(), input), input) };
    },
  );
  const { input, outputs } = await running.catch((error: unknown) => {
    if (isCodedError(error)) throw error;
    throw modelFault('own-model-run', file, toFailure(error).message);
  });
  checkCount(outputs.length, labels, labelsFile);
  const isProbability = endsInProbabilities || isDistribution(outputs);
  if (probabilitiesOf(outputs, isProbability) === null) {
    throw modelFault('own-model-run', file, 'outputs that are no numbers');
  }
  return { input, isProbability };
}

/** The sites that a model was chosen for; none where it is off. */
async function sitesOf(id: string): Promise<readonly string[]> {
  const model = (await loadOwnModels()).find((each) => each.id === id);
  return model?.isOn === true && model.deletedAt === null ? model.sites : [];
}

/** @returns the sites that the model was chosen for before, or is now */
async function changing(id: string, changes: Partial<OwnModel>): Promise<Set<string>> {
  const before = await sitesOf(id);
  await changeOwnModel(id, changes);
  return new Set([...before, ...(await sitesOf(id))]);
}

export function createOwnModels(parts: RunParts): OwnModels {
  const runs = createOwnModelRuns(parts);
  const { run, tools, letGo, backendOf } = runs;
  /** By picture, the newest last. */
  const answered = new Map<string, Promise<OwnAnswer[]>>();

  async function answerOf(
    model: OwnModel,
    raster: Raster,
    site: string | null,
  ): Promise<OwnAnswer[]> {
    const { id, input, isProbability } = model;
    try {
      const values = (await tools()).modelInputOf(raster, input);
      const outputs = await run(
        id,
        () => loadModelParts(id),
        (opened) => opened.run(values, input),
      );
      const probabilities = probabilitiesOf(outputs, isProbability);
      return probabilities === null ? [] : [likeliest(model, probabilities, site)];
    } catch {
      return [];
    }
  }

  async function ask(
    raster: Raster,
    site: string | null,
    isAsked: (model: OwnModel, site: string | null) => boolean,
  ): Promise<OwnAnswer[]> {
    const models = (await loadOwnModels()).filter((model) => isAsked(model, site));
    const answers: OwnAnswer[] = [];
    for (const model of models) answers.push(...(await answerOf(model, raster, site)));
    return answers;
  }

  /** Is there a model of such a kind for the site? */
  async function has(
    isSuch: (model: OwnModel, site: string | null) => boolean,
    site: string | null,
  ): Promise<boolean> {
    const models = await loadOwnModels().catch(() => []);
    return models.some((model) => isSuch(model, site));
  }

  function changed(): void {
    answered.clear();
  }

  return {
    async add(files, range) {
      const { modelName, readBrought } = await tools();
      const checked = await readBrought(files, inflate);
      const { format, topology, signature, specs, weights, labels } = checked;
      const id = modelId(crypto.getRandomValues(new Uint8Array(4)));
      try {
        const found = await tried(runs, id, checked, range);
        const paths = files.map(({ path }) => path);
        const taken = new Set((await loadOwnModels()).map((each) => each.name));
        const name = modelName(paths, labels, taken);
        const model: OwnModel = {
          ...{ id, name, format, labels, ...found },
          bytes: files.reduce((sum, { content }) => sum + content.size, 0),
          ...{ isOn: true, sites: [], isInstead: false, addedAt: Date.now(), deletedAt: null },
        };
        await addOwnModel(model, { format, topology, signature, specs, weights });
        changed();
        return stateOf(model, backendOf(id));
      } catch (error) {
        await letGo(id);
        throw error;
      }
    },
    async states() {
      await sweepOwnModels();
      const models = await loadOwnModels();
      return models
        .filter(({ deletedAt }) => deletedAt === null)
        .map((model) => stateOf(model, backendOf(model.id)));
    },
    async change(id, { name, ...changes }) {
      const tidy = tidyName(name ?? '');
      const sites = await changing(id, { ...changes, ...(tidy === '' ? {} : { name: tidy }) });
      changed();
      return sites;
    },
    async setDeleted(id, isDeleted) {
      const sites = await changing(id, { deletedAt: isDeleted ? Date.now() : null });
      changed();
      await letGo(id);
      return sites;
    },
    async forgetAll() {
      const models = await loadOwnModels();
      await forgetOwnModels();
      changed();
      for (const { id } of models) await letGo(id);
    },
    answers(picture, raster, site) {
      const name = `${picture} ${String(site)}`;
      const known = answered.get(name);
      if (known !== undefined) return known;
      const asked = ask(raster, site, speaksOn).catch((): OwnAnswer[] => []);
      answered.set(name, asked);
      const [oldest] = answered.keys();
      if (answered.size > MAX_ANSWERED && oldest !== undefined) answered.delete(oldest);
      return asked;
    },
    labelAnswers: (raster, site) => ask(raster, site, isChosenFor).catch((): OwnAnswer[] => []),
    hasChosenFor: (site) => has(isChosenFor, site),
    hasInsteadOn: (site) => has(isInsteadOn, site),
  };
}
