import { expect, test } from 'vitest';

import { ALL_SITES } from '../../../../src/core/address/match-pattern';
import {
  inactive,
  labelledPatterns,
  labellingState,
  type PageInQuestion,
  type PausedUntil,
} from '../../../../src/core/settings/labelling-state';
import { pageSettingsOf } from '../../../../src/core/settings/page-settings';
import { DEFAULT_SETTINGS, type Settings } from '../../../../src/core/settings/settings';

const ORIGIN = 'https://a.example';
const ACTIVE = { active: true, ...pageSettingsOf(DEFAULT_SETTINGS) };
const page: PageInQuestion = { origin: ORIGIN, once: false };
const all = () => Promise.resolve(true);
const none = () => Promise.resolve(false);

function stateWith(
  changes: Partial<Settings>,
  { asked = page, pausedUntil = null as PausedUntil, hasAccess = all } = {},
) {
  return labellingState({ ...DEFAULT_SETTINGS, ...changes }, asked, pausedUntil, hasAccess);
}

test('nothing is labelled that nobody chose', async () => {
  expect(await stateWith({})).toEqual(inactive('off'));
});

test('a chosen site is labelled where the browser allows it', async () => {
  expect(await stateWith({ alwaysSites: [ORIGIN] })).toEqual(ACTIVE);
  expect(await stateWith({ labelAllSites: true })).toEqual(ACTIVE);
  const refused = await stateWith({ alwaysSites: [ORIGIN] }, { hasAccess: none });
  expect(refused).toEqual(inactive('no-permission'));
});

test('one site may be left out of all', async () => {
  const state = await stateWith({ labelAllSites: true, neverSites: [ORIGIN] });
  expect(state).toEqual(inactive('never-here'));
});

test('a page that was asked for once is labelled whatever its site is', async () => {
  const asked = { origin: null, once: true };
  expect(await stateWith({}, { asked, hasAccess: none })).toEqual(ACTIVE);
});

test('a pause holds for all, and says when it ends', async () => {
  const asked = { ...page, once: true };
  expect(await stateWith({}, { asked, pausedUntil: 5000 })).toEqual(inactive('paused', 5000));
  expect(await stateWith({}, { asked, pausedUntil: 'restart' })).toEqual(inactive('paused'));
});

test('a page without an origin cannot be labelled by itself', async () => {
  const asked = { origin: null, once: false };
  expect(await stateWith({ labelAllSites: true }, { asked })).toEqual(inactive('no-permission'));
});

test('the patterns of all sites, or of those that may be read', async () => {
  const settings = { ...DEFAULT_SETTINGS, alwaysSites: [ORIGIN, 'https://b.example:8080'] };
  expect(await labelledPatterns({ ...settings, labelAllSites: true }, all)).toEqual(ALL_SITES);
  const onlyA = (patterns: readonly string[]) =>
    Promise.resolve(patterns.every((pattern) => pattern === `${ORIGIN}/*`));
  expect(await labelledPatterns({ ...settings, labelAllSites: true }, onlyA)).toEqual([
    `${ORIGIN}/*`,
  ]);
  expect(await labelledPatterns(settings, none)).toEqual([]);
});
