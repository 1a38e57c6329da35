import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';

import { modelInputOf } from '../../../../src/core/own-models/model-input';
import {
  type BroughtFile,
  checkModelFiles,
  inputFor,
} from '../../../../src/core/own-models/model-parts';
import { openModel } from '../../../../src/inference/own-models/open-model';
import {
  graphFiles,
  type Kind,
  layersFiles,
  pictureOf,
  train,
} from '../../../fixtures/own-models/trained';

const CASES: { name: string; kinds: Kind[]; channels: 1 | 3 }[] = [
  { name: 'two', kinds: ['across', 'upright'], channels: 3 },
  { name: 'five', kinds: ['across', 'upright', 'squares', 'disc', 'plain'], channels: 3 },
  { name: 'three, grey', kinds: ['across', 'disc', 'plain'], channels: 1 },
];

describe.each(CASES)('$name', ({ kinds, channels }) => {
  let forms: Record<'layers' | 'graph', BroughtFile[]>;

  beforeAll(async () => {
    await setBackend('cpu');
    const teachable = await train({ kinds, channels, range: 'teachable' });
    const layers = await layersFiles(teachable);
    const graph = graphFiles(teachable);
    forms = { layers, graph };
  }, 60_000);

  test.each(['layers', 'graph'] as const)('%s tells unseen pictures apart', async (form) => {
    const checked = checkModelFiles(forms[form]);
    const model = await openModel(checked);
    const input = inputFor(checked, model.shapes, 'signed');
    expect(checked.labels).toEqual(kinds);
    expect(checked.endsInProbabilities).toBe(true);
    expect(input).toMatchObject({ width: 16, height: 16, channels });
    expect(input.range).toBe(form === 'layers' ? 'teachable' : 'signed');
    let right = 0;
    for (const kind of kinds) {
      for (const seed of [101, 102, 103, 104, 105]) {
        const values = modelInputOf(pictureOf(kind, seed, 90, 60), input);
        const outputs = await model.run(values, input);
        expect(outputs).toHaveLength(kinds.length);
        if (kinds[outputs.indexOf(Math.max(...outputs))] === kind) right += 1;
      }
    }
    expect(right).toBeGreaterThanOrEqual(kinds.length * 5 * 0.85);
    model.close();
  });
});
