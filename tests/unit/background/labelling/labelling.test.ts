import { bareImage } from '../../../fixtures/popup/report-image';
import { beforeEach, expect, test, vi } from 'vitest';

import { ENGLISH_ONLY } from '../../support/english-only';
import { fake, type FakeMessage } from '../../support/fake-browser';

vi.mock('webextension-polyfill', () => import('../../support/fake-browser'));

const { createLabelling } = await import('../../../../src/background/labelling/labelling');
const { loadSettings } = await import('../../../../src/platform/settings-store');
const { createPages, NO_PROGRESS } = await import('../../../../src/background/pages');

const ORIGIN = 'https://example.org';
const PATTERN = `${ORIGIN}/*`;

function sender(tabId: number, frameId: number, documentId: string) {
  return {
    ...{ kind: 'content' as const, tabId, frameId, documentId, isPrivate: false },
    ...{ pageAddress: `${ORIGIN}/`, tabAddress: `${ORIGIN}/` },
  };
}

function open() {
  const pages = createPages(() => undefined);
  return { pages, labelling: createLabelling(pages, 'label-pages.js', ENGLISH_ONLY) };
}

const lastTo = (tabId: number): FakeMessage | undefined =>
  fake.sent.filter((each) => each.tabId === tabId).at(-1)?.message;

beforeEach(() => {
  fake.reset();
  fake.onStorageChanged.dispatch({ settings: {} }, 'local');
  fake.tabs = [
    { id: 1, url: `${ORIGIN}/`, active: true },
    { id: 2, url: `${ORIGIN}/two`, active: false },
  ];
  fake.documents = [
    { tabId: 1, frameId: 0, documentId: 'one' },
    { tabId: 2, frameId: 0, documentId: 'two' },
  ];
});

test('a site is labelled by rule and access together', async () => {
  const { labelling } = open();
  const ask = () => labelling.stateForFrame(sender(1, 0, 'one'));
  expect(await ask()).toEqual({ active: false, reason: 'off', resumeAt: null });
  await labelling.setSiteRule(ORIGIN, 'always');
  expect(await ask()).toMatchObject({ active: false, reason: 'no-permission' });
  fake.granted.add(PATTERN);
  expect(await ask()).toMatchObject({ active: true });
  await labelling.setSiteRule(ORIGIN, 'never');
  expect(await ask()).toMatchObject({ active: false, reason: 'never-here' });
});

test('access that is taken back stops every tab, given again it starts them', async () => {
  const { labelling } = open();
  fake.granted.add(PATTERN);
  await labelling.setSiteRule(ORIGIN, 'always');
  expect([lastTo(1)?.type, lastTo(2)?.type]).toEqual(['startLabelling', 'startLabelling']);
  fake.granted.clear();
  // Without access the addresses are hidden as well.
  fake.tabs = fake.tabs.map(({ id, active }) => ({ id, active }));
  await labelling.applyEverywhere();
  expect([lastTo(1)?.type, lastTo(2)?.type]).toEqual(['stopLabelling', 'stopLabelling']);
  expect(fake.registered).toEqual([]);
});

test('two changes at once do not register the script twice', async () => {
  const { labelling } = open();
  fake.granted.add(PATTERN);
  // The browser tells of the access in the moment in which the popup sends the rule.
  await Promise.all([
    labelling.setSiteRule(ORIGIN, 'always'),
    labelling.applyEverywhere(),
    labelling.applyEverywhere(),
  ]);
  expect(fake.registered).toMatchObject([{ matches: [PATTERN] }]);
});

test('rules for two sites at once both hold', async () => {
  const { labelling } = open();
  await Promise.all([
    labelling.setSiteRule(ORIGIN, 'never'),
    labelling.setSiteRule('https://other.example', 'never'),
  ]);
  expect((await loadSettings()).neverSites).toEqual([ORIGIN, 'https://other.example']);
});

test('a pause tells the frames when it ends; labelling one page ends it for all', async () => {
  const { labelling } = open();
  fake.granted.add(PATTERN);
  await labelling.setSiteRule(ORIGIN, 'always');
  const until = Date.now() + 60_000;
  await labelling.pause(until);
  const paused = { active: false, reason: 'paused', resumeAt: until };
  expect(lastTo(2)).toEqual({ type: 'stopLabelling', state: paused });
  expect(await labelling.stateForFrame(sender(2, 0, 'two'))).toEqual(paused);
  await labelling.pause('restart');
  expect(lastTo(2)).toMatchObject({ state: { reason: 'paused', resumeAt: null } });
  await labelling.labelPage(1);
  expect(lastTo(2)?.type).toBe('startLabelling');
});

test('"this page" means this page: the next one in the tab is not labelled', async () => {
  const { labelling } = open();
  expect((await labelling.labelPage(1)).labelling).toBe('on');
  await labelling.recordProgress(sender(1, 0, 'one'), { ...NO_PROGRESS, found: 4, labelled: 4 });
  expect((await labelling.pageState(1)).progress.labelled).toBe(4);
  expect(fake.badges.get(1)).toBe('4');

  // No script of ours is in the next page, so nobody tells.
  fake.documents = fake.documents.filter(({ tabId }) => tabId !== 1);
  expect(await labelling.pageState(1)).toMatchObject({
    labelling: 'off',
    progress: { labelled: 0 },
  });
});

test('a sub-frame that asks before its page is not taken for one of the page before', async () => {
  const { labelling, pages } = open();
  await labelling.labelPage(1);
  fake.documents = [{ tabId: 1, frameId: 7, documentId: 'sub' }];
  expect(await labelling.stateForFrame(sender(1, 7, 'sub'))).toMatchObject({ active: false });
  await labelling.stateForFrame(sender(1, 0, 'next'));
  expect(Object.keys(pages.get(1)?.frames ?? {}).sort()).toEqual(['next', 'sub']);
});

test('the last word of a page that was left changes nothing', async () => {
  const { labelling, pages } = open();
  await labelling.stateForFrame(sender(1, 0, 'next'));
  await labelling.recordProgress(sender(1, 0, 'one'), { ...NO_PROGRESS, labelled: 9 });
  expect(pages.get(1)).toMatchObject({ documentId: 'next' });
  expect(Object.keys(pages.get(1)?.frames ?? {})).toEqual(['next']);
});

test('a page rendered ahead is the page of the tab once it is shown', async () => {
  const { labelling, pages } = open();
  await labelling.stateForFrame(sender(1, 0, 'one'));
  await labelling.stateForFrame(sender(1, 12, 'ahead'));
  await labelling.recordProgress(sender(1, 0, 'ahead'), { ...NO_PROGRESS, labelled: 2 });
  expect(pages.get(1)).toMatchObject({ documentId: 'ahead', origin: ORIGIN });
});

test('a frame that answers nonsense costs the report only its own images', async () => {
  const { labelling } = open();
  await labelling.labelPage(1);
  fake.answerOf = ({ type }) => (type === 'getFrameReport' ? [null] : null);
  expect(await labelling.pageReport(1)).toMatchObject({ url: `${ORIGIN}/`, images: [] });
});

test('a report comes part by part, and ends also where a frame says that it does not', async () => {
  const { labelling } = open();
  await labelling.labelPage(1);
  const image = (id: string) => bareImage({ id, state: 'pending' });
  const parts: Record<number, unknown> = {
    0: { images: [image('a'), image('b')], next: 2 },
    2: { images: [image('c')], next: null },
  };
  fake.answerOf = ({ type, from }) => (type === 'getFrameReport' ? parts[Number(from)] : null);
  const ids = async () => (await labelling.pageReport(1)).images.map(({ id }) => id);
  expect(await ids()).toEqual(['a', 'b', 'c']);
  const [first] = fake.sent.filter(({ message }) => message.type === 'getFrameReport');
  expect(fake.sent.at(-1)?.message).toMatchObject({ report: first?.message.report, from: 2 });

  parts[2] = { images: [image('c')], next: 2 };
  expect(await ids()).toEqual(['a', 'b', 'c']);
  // What a frame told before it was gone is told.
  parts[2] = null;
  expect(await ids()).toEqual(['a', 'b']);
});

test('every page hears that the voice changed; of a private window only private ones', async () => {
  const { labelling } = open();
  fake.tabs = fake.tabs.map((tab) => ({ ...tab, incognito: tab.id === 2 }));
  await labelling.labelPage(1);
  await labelling.labelPage(2);
  const concerned = { pictures: ['ab-4x3'], labels: ['n02123045'] };
  const heard = () =>
    fake.sent.filter(({ message }) => message.type === 'followVoice').map(({ tabId }) => tabId);
  await labelling.followVoice(concerned, { privateOnly: false });
  expect(heard()).toEqual([1, 2]);
  expect(lastTo(1)).toEqual({ type: 'followVoice', concerned });
  await labelling.followVoice(concerned, { privateOnly: true });
  expect(heard()).toEqual([1, 2, 2]);
  await labelling.followVoice(null, { privateOnly: false });
  expect(lastTo(1)).toEqual({ type: 'followVoice', concerned: null });
});

test('pages of the sites where a model of the person’s own speaks otherwise ask anew, others do not', async () => {
  const { labelling } = open();
  fake.tabs = fake.tabs.map((tab) => (tab.id === 2 ? { ...tab, url: 'https://b.example/' } : tab));
  await labelling.labelPage(1);
  await labelling.labelPage(2);
  const heard = () =>
    fake.sent.filter(({ message }) => message.type === 'askAnew').map(({ tabId }) => tabId);
  await labelling.askAnew(new Set(['https://b.example', 'https://c.example']));
  expect(heard()).toEqual([2]);
  await labelling.askAnew(new Set([ORIGIN, 'https://b.example']));
  expect(heard()).toEqual([2, 1, 2]);
});
