import { browser } from '../platform/browser';

import { createEngine } from '../inference/engine/engine';
import type { Looked } from '../inference/engine/look';
import { fetchPackageFile } from '../inference/model/package-file';
import type { PartName } from '../messages/protocol';
import { loadBackends, rememberBackends } from '../platform/backend-store';
import { injectScript } from '../platform/content-script';
import { loadSettings } from '../platform/settings-store';
import { createClassifier, type Classifier } from './classify';
import {
  altTextsScript,
  detailsScript,
  inlineSvgScript,
  labelScript,
  pictureBytesScript,
} from './content-scripts';
import { createCpuPool } from './cpu-pool';
import { decodeFile } from './decode';
import { createEngineSettings, type EngineSettings } from './engine-settings';
import type { Services as HandlerServices } from './handlers';
import type { BackgroundHost } from './host/host';
import { createVoiceFollowers } from './follow-voice';
import { createKnownLooks } from './known-looks';
import { createLabelling, type Labelling } from './labelling/labelling';
import { createLanes, type Lanes, type PictureWork } from './lanes';
import { createOutcomes } from './outcomes';
import { createLabelModelExport } from './own-label-model';
import { createOwnLabels } from './own-labels';
import { createOwnModels } from './own-models';
import { createPages, type Pages } from './pages';
import { createYieldingPool, withoutRisk } from './pool-truce';
import { createQueue } from './queue';
import { createSpokenWords } from './spoken-words';
import { createSeekTwo } from './two-things';
import { createVoices } from './voices';
import { createPlaces } from './where';

const PART_SCRIPTS: Record<PartName, string> = {
  'alt-texts': altTextsScript,
  'label-details': detailsScript,
  'inline-svg': inlineSvgScript,
  'picture-bytes': pictureBytesScript,
};

/** All that works in the background, made once for each start of the worker. */
export interface Services extends HandlerServices {
  engine: Lanes;
  engineSettings: EngineSettings;
  classifier: Classifier;
  labelling: Labelling;
  pages: Pages;
}

/** Makes the parts of the background and ties them together. Nothing of it waits. */
export function createServices({
  loadTensorflow,
  loadOwnTensorflow,
  poolHost,
  poolWorkers,
  isThreadShared,
  isPoolARisk,
  requestAccess,
}: BackgroundHost): Services {
  const ownEngine = createEngine({
    models: __MODELS__,
    fetchFile: fetchPackageFile,
    loadTensorflow,
  });
  const engineSettings = createEngineSettings(ownEngine, loadSettings, {
    load: loadBackends,
    store: rememberBackends,
  });
  const queue = createQueue<PictureWork, Looked>();
  const ownPool = createCpuPool(poolHost, poolWorkers);
  const pool = isPoolARisk ? createYieldingPool(ownPool) : withoutRisk(ownPool);
  const engine = createLanes({
    queue,
    engine: ownEngine,
    pool,
    ready: () => engineSettings.ready(),
    start: () => engineSettings.start(),
    isPoolFirst: isThreadShared,
  });
  const pages = createPages((isOver) => {
    queue.cancel(isOver);
  });
  const spokenWords = createSpokenWords({
    fetchFile: fetchPackageFile,
    interfaceLanguage: () => browser.i18n.getUILanguage(),
  });
  const labelling = createLabelling(pages, labelScript, spokenWords);
  const ownLabels = createOwnLabels();
  const exportLabelModel = createLabelModelExport({
    ...{ models: __MODELS__, fetchFile: fetchPackageFile, settings: loadSettings },
    loadOwnTensorflow,
  });
  const ownModels = createOwnModels({ loadOwnTensorflow, settings: loadSettings });
  const voices = createVoices(browser.runtime.getManifest().version, spokenWords, ownLabels);
  const looks = createKnownLooks({ models: __MODELS__, voices, settings: loadSettings });
  const followers = createVoiceFollowers({ looks, labelling, settings: loadSettings });
  const outcomes = createOutcomes();
  // Anybody's files: a decoder that fails at one must not cost more than the worker's memory.
  const decode: typeof decodeFile = (...of) => pool.closedWhile(() => decodeFile(...of));
  const onOwnEngine = { engine: ownEngine, start: () => engineSettings.ready() };
  const variant = async () => (await loadSettings()).variant;
  const places = createPlaces({ ...onOwnEngine, ownLabels, variant, decode });
  const seekTwo = createSeekTwo({
    ...{ ...onOwnEngine, settings: loadSettings, looks, places, followers, outcomes },
  });
  const classifier = createClassifier({
    looks,
    queue,
    pages,
    places,
    spokenWords,
    ownLabels,
    ownModels,
    settings: loadSettings,
    decode,
  });

  async function loadPart(part: PartName, tabId: number, frameId: number): Promise<void> {
    await injectScript(PART_SCRIPTS[part], tabId, frameId);
  }

  return {
    ...{ engine, engineSettings, classifier, queue, labelling, pages, loadPart },
    ...{ looks, voices, spokenWords, followers, outcomes, places, seekTwo, requestAccess },
    ...{ ownLabels, ownModels, exportLabelModel, settings: loadSettings },
  };
}
