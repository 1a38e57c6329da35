/** A label's details, which a script of their own draws: put into the frame when they are first wanted. */
import { afterEach, expect, test } from 'vitest';

import { createChip, type Chip } from '../../../../src/content/labelling/chip';
import { createChipDetails } from '../../../../src/content/labelling/chip-details';
import { trackedImage } from '../../../../src/content/labelling/tracked-image';
import { createLayer } from '../../../../src/content/layer';
import type { Prediction } from '../../../../src/core/saying/prediction';
import { answerMessages } from '../../harness/fake-extension';
import { element, show, until } from '../../harness/page';

const PREDICTION: Prediction = {
  ...{ variant: 'accurate', views: 1, backend: 'wasm', rung: 'decoded', cached: true },
  ...{ inferenceMilliseconds: 1, hint: null, guess: null, silence: 'unsure', draft: null },
  ...{ kept: null, picture: `${'0'.repeat(64)}-40x40`, lineage: [] },
  predictions: [
    { classIndex: 340, synset: 'n02391049', label: 'zebra', probability: 0.7 },
    { classIndex: 779, synset: 'n04146614', label: 'school bus', probability: 0.2 },
  ],
} as unknown as Prediction;

const layers: { remove: () => void }[] = [];
afterEach(() => {
  for (const { remove } of layers.splice(0)) remove();
});

function open() {
  show('<img id="a"><img id="b">');
  const layer = createLayer('labels', '');
  layers.push(layer);
  layer.attach();
  const status = document.createElement('p');
  layer.stage.append(status);
  const details = createChipDetails(layer, status, false, () => undefined);
  details.setShown(5);
  const chipOf = (id: string): Chip => {
    const box = new DOMRect(0, 0, 100, 100);
    const chip = createChip(trackedImage(id, element(`#${id}`)), PREDICTION, box);
    chip.button.hidden = false;
    layer.stage.append(chip.button);
    return chip;
  };
  const { root } = layer;
  const listed = () => [...root.querySelectorAll('.details li')].length;
  return { details, status, root, listed, first: chipOf('a'), second: chipOf('b') };
}

test('where the script can’t be put into the frame, they are closed again, and a listener is told', async () => {
  const { details, status, listed, first } = open();
  answerMessages(() => ({ ok: false, error: { code: 'extension-reloaded', message: '' } }));
  details.open(first, true);
  expect(first.button.ariaExpanded).toBe('true');
  await until('they are closed', () => details.current() === null);
  expect(first.button.ariaExpanded).toBe('false');
  expect(status.firstElementChild?.getAttribute('data-text')).toBe('error_extension_reloaded');
  expect(listed()).toBe(0);
});

test('the first time their script is asked for once, and fills what is open by then', async () => {
  const asked: string[] = [];
  let arrive: () => void = () => undefined;
  answerMessages(async ({ type, part }) => {
    asked.push(`${type} ${String(part)}`);
    await new Promise<void>((resolve) => {
      arrive = resolve;
    });
    await import('../../../../src/content/label-details');
    return { ok: true, value: null };
  });
  const { details, root, listed, first, second } = open();
  details.prepare();
  details.open(first, false);
  details.open(second, true);
  expect(listed()).toBe(0);
  expect(details.current()).toBe(second);
  arrive();
  await until('they are filled', () => listed() > 0);
  expect(listed()).toBe(2);
  expect(second.button.nextElementSibling?.className).toBe('card details');
  expect(asked).toEqual(['loadPart label-details']);
  const drawn = root.querySelector('.details');
  expect(drawn && getComputedStyle(drawn).inlineSize).toBe('300px');

  // From then on at once.
  details.open(first, false);
  expect(first.button.nextElementSibling?.className).toBe('card details');
  details.close();
  expect(listed()).toBe(0);
  expect(asked).toHaveLength(1);
});
