/** What is never said, on every surface that shows what the model saw. */
import axe from 'axe-core';
import { h, render } from 'preact';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';

import { resultContent } from '../../src/content/card/card-content';
import { detailsPart } from '../../src/content/labelling/details-part';
import '../../src/content/label-details';
import { spokenText } from '../../src/content/alt-text/speak-image';
import { exportCsv } from '../../src/core/report/export-csv';
import { exportHtml } from '../../src/core/report/export-html';
import { exportJson } from '../../src/core/report/export-json';
import type { Prediction, Silence } from '../../src/core/saying/prediction';
import { ImageDetails } from '../../src/popup/image-details';
import { ResultRow } from '../../src/popup/result-row';
import { TriageDetails } from '../../src/report/triage-details';
import { Announcer } from '../../src/ui/announcer';
import { bareImage, CAT, pageReport, reportImage } from '../fixtures/popup/report-image';
import { answerMessages } from './harness/fake-extension';
import { until } from './harness/page';

const UNSAID = 'assault rifle';
const RIFLE = { classIndex: 413, synset: 'n02749479', label: UNSAID, isDenied: true };
const SPECK = { classIndex: 1, synset: 'n01443537', label: 'goldfish', probability: 0.004 };

/** A denied class beside what is said, and alone at the top. */
const SAID: Prediction = {
  ...CAT,
  predictions: [...CAT.predictions, { ...RIFLE, probability: 0.04 }, SPECK],
};
const silent = (silence: Silence): Prediction => ({
  ...{ ...CAT, hint: null, draft: null, silence },
  predictions: [{ ...RIFLE, probability: 0.94 }, ...CAT.predictions.slice(1), SPECK],
});
const CASES = [
  ['beside a hint', SAID],
  ...(['denied', 'not-a-photo', 'too-small', 'unsure', 'only-clothing', 'dismissed'] as const).map(
    (silence) => [silence, silent(silence)] as const,
  ),
] as const;

beforeAll(async () => {
  await detailsPart.load();
});
afterEach(() => {
  render(null, document.body);
  document.body.replaceChildren();
});

const imageOf = (prediction: Prediction) => {
  const { hint, silence, draft } = prediction;
  return reportImage({ prediction, hint, silence, draft });
};

const nothing = () => undefined;
const ACTIONS = {
  ...{ say: nothing, judge: nothing, teach: null, seekTwo: null },
  where: { ask: () => Promise.resolve(null), now: () => null, hold: nothing },
};

/** The whole document of a surface, shown or hidden. */
const SURFACES: Record<string, (prediction: Prediction) => void> = {
  card: (prediction) => {
    document.body.append(...resultContent(prediction, 5, ACTIONS).nodes);
  },
  'label details': (prediction) => {
    const content = detailsPart.loaded?.content(prediction, 5, ACTIONS);
    document.body.append(...(content?.nodes ?? []));
  },
  'popup result': (prediction) => {
    const outcome = {
      ...{ id: '1', requestedAt: 0, source: null, page: '', failedRungs: [], milliseconds: 9 },
      ...{ cardMilliseconds: 5, thumbnail: null, result: { ok: true as const, prediction } },
    };
    render(
      h('ul', null, h(ResultRow, { outcome, isOpen: true, onToggle: nothing, onJudge: nothing })),
      document.body,
    );
  },
  'popup image': (prediction) => {
    const details = h(ImageDetails, {
      ...{ image: imageOf(prediction), thumbnail: undefined, applied: null, problem: null },
      ...{ onShow: nothing, onSetAlt: nothing, onJudge: nothing },
      onSeekTwo: () => Promise.resolve(null),
    });
    render(h(Announcer, null, details), document.body);
  },
  report: (prediction) => {
    const details = h(TriageDetails, {
      ...{ image: imageOf(prediction), thumbnail: undefined, problem: null },
      ...{ onDismiss: nothing, onSeekTwo: null },
    });
    render(details, document.body);
  },
};

const everything = () => document.body.outerHTML;

describe.each(Object.entries(SURFACES))('%s', (_, draw) => {
  test.each(CASES)('%s: nothing of it, however deep', (__, prediction) => {
    answerMessages(({ type }) => (type === 'getLineage' ? { ok: true, value: [] } : undefined));
    draw(prediction);
    // Of two classes that may be shown, to tell an empty list from a filtered one.
    if (prediction.silence !== 'denied') expect(everything()).toContain('tiger cat');
    expect(everything()).not.toContain(UNSAID);
    expect(everything()).not.toContain('goldfish');
  });
});

/** Is something with this text drawn? */
const isDrawn = (words: string): boolean =>
  [...document.body.querySelectorAll('*')].some(
    (each) =>
      each.checkVisibility() &&
      (each.getAttribute('data-text') === words ||
        [...each.childNodes].some((child) => child.nodeValue === words)),
  );

describe.each(Object.entries(SURFACES))('%s, silent', (_, draw) => {
  test('says why first; what the model saw is behind a press', () => {
    draw(silent('not-a-photo'));
    expect(isDrawn('tiger cat')).toBe(false);
    const [opener] = [...document.querySelectorAll<HTMLElement>('summary, button')].filter((each) =>
      [each.getAttribute('data-text'), each.textContent].includes('model_saw'),
    );
    expect(opener).toBeDefined();
    if (opener instanceof HTMLButtonElement) return; // A press of a script is none there.
    opener?.click();
    expect(isDrawn('tiger cat')).toBe(true);
  });
});

test.each(['popup result', 'popup image'])('%s: asked for all the same', async (surface) => {
  SURFACES[surface]?.(silent('denied'));
  const press = (words: string) => {
    [...document.querySelectorAll<HTMLElement>('summary, button')]
      .find(({ textContent }) => textContent === words)
      ?.click();
  };
  press('model_saw');
  press('model_saw_all');
  await until('it is there', () => isDrawn(UNSAID));
  const { violations } = await axe.run(document.body, { runOnly: ['wcag2a', 'wcag2aa'] });
  expect(violations.map(({ id }) => id)).toEqual([]);
  press('model_saw_all');
  await until('it is gone', () => !isDrawn(UNSAID));
});

test('exports and voice', () => {
  const report = pageReport([
    ...CASES.map(([, prediction]) => imageOf(prediction)),
    bareImage({ state: 'pending' }),
  ]);
  const texts = {
    ...{ language: 'en', direction: 'ltr', say: (key: string) => key },
    ...{ percent: String, explain: () => '', ask: () => '' },
  };
  const files = [
    exportJson(report, {}, 0),
    exportCsv(report, {}),
    exportHtml(report, {}, 0, new Map(), texts),
    ...CASES.map(([, prediction]) => spokenText(prediction)),
  ];
  expect(files.join()).toContain('domestic cat');
  expect(files.join()).not.toContain(UNSAID);
});
