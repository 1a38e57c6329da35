import { beforeEach, expect, test, vi } from 'vitest';

interface Message {
  type?: string;
  state?: unknown;
}

const world = vi.hoisted(() => ({
  storage: { local: new Map<string, unknown>(), session: new Map<string, unknown>() },
  granted: new Set<string>(),
  tabs: [] as { id: number; url?: string; active: boolean; incognito?: boolean }[],
  /** Documents that our content script listens in, by tab and frame. */
  documents: [] as { tabId: number; frameId: number; documentId: string }[],
  sent: [] as { tabId: number; frameId: number; message: Message }[],
  frameReport: (): unknown => [],
  registered: [] as { id: string; matches: string[] }[],
  badges: new Map<number, string>(),
  onStorageChanged: [] as ((changes: object, area: string) => void)[],
}));

vi.mock('webextension-polyfill', () => {
  const area = (map: Map<string, unknown>) => ({
    get: (key: string) => Promise.resolve({ [key]: structuredClone(map.get(key)) }),
    set: (items: Record<string, unknown>) => {
      for (const [key, value] of Object.entries(items)) map.set(key, structuredClone(value));
      return Promise.resolve();
    },
  });
  const gone = () => Promise.reject(new Error('Receiving end does not exist.'));
  return {
    default: {
      storage: {
        local: area(world.storage.local),
        session: area(world.storage.session),
        sync: area(new Map()),
        onChanged: {
          addListener: (listener: (typeof world.onStorageChanged)[number]) =>
            world.onStorageChanged.push(listener),
        },
      },
      permissions: {
        contains: ({ origins }: { origins: string[] }) =>
          Promise.resolve(origins.every((pattern) => world.granted.has(pattern))),
      },
      i18n: { getMessage: (key: string) => key },
      action: {
        setBadgeBackgroundColor: () => Promise.resolve(),
        setTitle: () => Promise.resolve(),
        setBadgeText: ({ text, tabId }: { text: string; tabId: number }) => {
          world.badges.set(tabId, text);
          return Promise.resolve();
        },
      },
      scripting: {
        getRegisteredContentScripts: () => Promise.resolve([...world.registered]),
        registerContentScripts: async (scripts: typeof world.registered) => {
          await Promise.resolve();
          if (world.registered.length > 0) throw new Error("Duplicate script ID 'label-pages'");
          world.registered.push(...scripts);
        },
        updateContentScripts: (scripts: typeof world.registered) => {
          world.registered.splice(0, 1, ...scripts);
          return Promise.resolve();
        },
        unregisterContentScripts: () => {
          world.registered.length = 0;
          return Promise.resolve();
        },
        executeScript: ({ target: { tabId } }: { target: { tabId: number } }) =>
          Promise.resolve(world.documents.filter((each) => each.tabId === tabId)),
      },
      tabs: {
        query: () => Promise.resolve(world.tabs),
        get: (id: number) => {
          const tab = world.tabs.find((each) => each.id === id);
          return tab === undefined ? Promise.reject(new Error('No tab')) : Promise.resolve(tab);
        },
        sendMessage: (
          tabId: number,
          message: Message,
          { frameId, documentId }: { frameId?: number; documentId?: string },
        ) => {
          const heard = world.documents.find(
            (each) =>
              each.tabId === tabId &&
              each.frameId === frameId &&
              (documentId === undefined || each.documentId === documentId),
          );
          if (heard === undefined) return gone();
          if (message.type === undefined) return Promise.resolve(undefined);
          world.sent.push({ tabId, frameId: heard.frameId, message });
          const value = message.type === 'getFrameReport' ? world.frameReport() : null;
          return Promise.resolve({ ok: true, value });
        },
      },
    },
  };
});

const { createLabelling } = await import('../../../src/background/labelling');
const { loadSettings } = await import('../../../src/platform/settings-store');
const { createPages, NO_PROGRESS } = await import('../../../src/background/pages');

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
  return { pages, labelling: createLabelling(pages, 'label-pages.js') };
}

const lastTo = (tabId: number): Message | undefined =>
  world.sent.filter((each) => each.tabId === tabId).at(-1)?.message;

beforeEach(() => {
  world.storage.local.clear();
  for (const listener of world.onStorageChanged) listener({ settings: {} }, 'local');
  world.storage.session.clear();
  world.granted.clear();
  world.badges.clear();
  world.registered.length = 0;
  world.sent.length = 0;
  world.frameReport = () => [];
  world.tabs = [
    { id: 1, url: `${ORIGIN}/`, active: true },
    { id: 2, url: `${ORIGIN}/two`, active: false },
  ];
  world.documents = [
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
  world.granted.add(PATTERN);
  expect(await ask()).toMatchObject({ active: true });
  await labelling.setSiteRule(ORIGIN, 'never');
  expect(await ask()).toMatchObject({ active: false, reason: 'never-here' });
});

test('access that is taken back stops every tab, given again it starts them', async () => {
  const { labelling } = open();
  world.granted.add(PATTERN);
  await labelling.setSiteRule(ORIGIN, 'always');
  expect([lastTo(1)?.type, lastTo(2)?.type]).toEqual(['startLabelling', 'startLabelling']);
  world.granted.clear();
  // Without access the addresses are hidden as well.
  world.tabs = world.tabs.map(({ id, active }) => ({ id, active }));
  await labelling.applyEverywhere();
  expect([lastTo(1)?.type, lastTo(2)?.type]).toEqual(['stopLabelling', 'stopLabelling']);
  expect(world.registered).toEqual([]);
});

test('two changes at once do not register the script twice', async () => {
  const { labelling } = open();
  world.granted.add(PATTERN);
  // The browser tells of the access in the moment in which the popup sends the rule.
  await Promise.all([
    labelling.setSiteRule(ORIGIN, 'always'),
    labelling.applyEverywhere(),
    labelling.applyEverywhere(),
  ]);
  expect(world.registered).toMatchObject([{ matches: [PATTERN] }]);
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
  world.granted.add(PATTERN);
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
  expect(world.badges.get(1)).toBe('4');

  // No script of ours is in the next page, so nobody tells.
  world.documents = world.documents.filter(({ tabId }) => tabId !== 1);
  expect(await labelling.pageState(1)).toMatchObject({
    labelling: 'off',
    progress: { labelled: 0 },
  });
});

test('a sub-frame that asks before its page is not taken for one of the page before', async () => {
  const { labelling, pages } = open();
  await labelling.labelPage(1);
  world.documents = [{ tabId: 1, frameId: 7, documentId: 'sub' }];
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
  world.frameReport = () => [null];
  expect(await labelling.pageReport(1)).toMatchObject({ url: `${ORIGIN}/`, images: [] });
});

test('every page hears that the voice changed; of a private window only private ones', async () => {
  const { labelling } = open();
  world.tabs = world.tabs.map((tab) => ({ ...tab, incognito: tab.id === 2 }));
  await labelling.labelPage(1);
  await labelling.labelPage(2);
  const pictures = ['ab-4x3'];
  const heard = () =>
    world.sent.filter(({ message }) => message.type === 'followVoice').map(({ tabId }) => tabId);
  await labelling.followVoice(pictures, { privateOnly: false });
  expect(heard()).toEqual([1, 2]);
  expect(lastTo(1)).toEqual({ type: 'followVoice', pictures });
  await labelling.followVoice(pictures, { privateOnly: true });
  expect(heard()).toEqual([1, 2, 2]);
  await labelling.followVoice(null, { privateOnly: false });
  expect(lastTo(1)).toEqual({ type: 'followVoice', pictures: null });
});
