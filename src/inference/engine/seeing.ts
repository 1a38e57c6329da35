/** One look at a part of a picture, place by place. */
import type { OneAtATime } from '../../core/one-at-a-time';
import type { Backend, ModelVariant } from '../../core/saying/prediction';
import type { FeatureMap } from '../../core/where/feature-map';
import { readClassifier } from '../model/classifier-weights';
import type { Engine, EngineParts } from './api';
import type { Cut } from './backend-driver';
import type { LifeCycle } from './life-cycle';
import { messageOf } from './probe';
import { runSee } from './running';

/**
 * @param exclusive the line in which all that touches a device waits its turn
 * @param onSeen counts a run of the model
 */
export function createSeeing(
  life: LifeCycle,
  exclusive: OneAtATime,
  parts: Pick<EngineParts, 'models' | 'fetchFile'>,
  onSeen: () => void,
): Engine['see'] {
  /** On what is loaded; undefined where nothing is (any more), and the engine must start first. */
  async function seeOnce(
    cut: Cut,
    lostOn: Set<Backend>,
  ): Promise<{ map: FeatureMap; variant: ModelVariant } | undefined> {
    const current = life.loaded;
    if (current === undefined) return undefined;
    const { backend, variant } = current;
    try {
      const map = await runSee(current, cut);
      onSeen();
      return { map, variant };
    } catch (error) {
      // The picture is sound, so it is the device: whatever it says, it is built again.
      life.lose(current, messageOf(error), lostOn.has(backend));
      lostOn.add(backend);
      return undefined;
    }
  }

  return async (raster, crop) => {
    const lostOn = new Set<Backend>();
    for (;;) {
      await life.ready();
      const seen = await exclusive(() => seeOnce({ raster, crop }, lostOn));
      if (seen === undefined) continue;
      return { map: seen.map, classifier: await readClassifier(seen.variant, parts) };
    }
  };
}
