/**
 * The browser as unit tests see it: as much of `browser` as the extension uses, in memory. To stand in
 * for the real one, in a test file:
 *
 *     vi.mock('webextension-polyfill', () => import('../support/fake-browser'));
 *
 * `fake` is the same browser from the other side: what is stored, granted, open and heard.
 */
import { vi } from 'vitest';

/** Listeners of an event of the browser, and the event itself. */
class FakeEvent<Arguments extends unknown[]> {
  readonly #listeners = new Set<(...args: Arguments) => unknown>();

  readonly addListener = (listener: (...args: Arguments) => unknown): void => {
    this.#listeners.add(listener);
  };

  readonly removeListener = (listener: (...args: Arguments) => unknown): void => {
    this.#listeners.delete(listener);
  };

  readonly clear = (): void => {
    this.#listeners.clear();
  };

  get size(): number {
    return this.#listeners.size;
  }

  /** The event happens. @returns what the listeners answer */
  dispatch(...args: Arguments): unknown[] {
    return [...this.#listeners].map((listener) => listener(...args));
  }
}

type Changes = Record<string, { newValue?: unknown }>;

/** One area of storage. Values are copied, as browsers copy them. */
class FakeArea {
  readonly values = new Map<string, unknown>();
  /** More bytes than these are refused, as JSON. */
  quotaBytes = Number.POSITIVE_INFINITY;
  /** What every call is refused with; null: it works. */
  refusal: Error | null = null;
  /** What reading waits for. */
  gate: Promise<void> = Promise.resolve();

  constructor(private readonly onChange: (changes: Changes) => void) {}

  reset(): void {
    this.values.clear();
    this.quotaBytes = Number.POSITIVE_INFINITY;
    this.refusal = null;
    this.gate = Promise.resolve();
  }

  /** What is stored, for the API. */
  readonly api = {
    get: async (keys: string | string[] | null = null): Promise<Record<string, unknown>> => {
      await this.gate;
      if (this.refusal !== null) throw this.refusal;
      const wanted = keys === null ? null : [keys].flat();
      const found = [...this.values].filter(([key]) => wanted?.includes(key) ?? true);
      return structuredClone(Object.fromEntries(found));
    },
    getKeys: async (): Promise<string[]> => {
      await this.gate;
      return [...this.values.keys()];
    },
    set: (items: Record<string, unknown>): Promise<void> => {
      if (this.refusal !== null) return Promise.reject(this.refusal);
      const copy = structuredClone(items);
      const bytes = JSON.stringify({ ...Object.fromEntries(this.values), ...copy }).length;
      if (bytes > this.quotaBytes) return Promise.reject(new Error('QUOTA_BYTES quota exceeded'));
      for (const [key, value] of Object.entries(copy)) this.values.set(key, value);
      this.onChange(
        Object.fromEntries(Object.entries(copy).map(([key, newValue]) => [key, { newValue }])),
      );
      return Promise.resolve();
    },
    remove: (keys: string | string[]): Promise<void> => {
      for (const key of [keys].flat()) this.values.delete(key);
      this.onChange(Object.fromEntries([keys].flat().map((key) => [key, {}])));
      return Promise.resolve();
    },
  };
}

export interface FakeTab {
  id: number;
  url?: string;
  active: boolean;
  incognito?: boolean;
}

/** A document that a content script of ours listens in. */
export interface FakeDocument {
  tabId: number;
  frameId: number;
  documentId: string;
}

export interface FakeMessage {
  type?: string;
  state?: unknown;
  report?: unknown;
  from?: unknown;
}

const onStorageChanged = new FakeEvent<[Changes, string]>();
const area = (name: string) =>
  new FakeArea((changes) => {
    onStorageChanged.dispatch(changes, name);
  });

const answerNothing: (message: FakeMessage) => unknown = () => null;

export const OUR_ID = 'altlens';
export const OUR_URL = `chrome-extension://${OUR_ID}/`;

export const fake = {
  /** The interface's texts by key; null: each key is its own text. */
  texts: null as Map<string, string> | null,
  local: area('local'),
  session: area('session'),
  sync: area('sync'),
  onStorageChanged,
  /** Messages to the extension, with their senders. */
  onMessage: new FakeEvent<[unknown, unknown]>(),
  /** Match patterns that the person gave access to. */
  granted: new Set<string>(),
  tabs: [] as FakeTab[],
  documents: [] as FakeDocument[],
  windows: [] as { incognito: boolean }[],
  onWindowRemoved: new FakeEvent<[number]>(),
  /** What frames were told. */
  sent: [] as { tabId: number; frameId: number; message: FakeMessage }[],
  /** What a frame answers. */
  answerOf: answerNothing,
  registered: [] as { id: string; matches: string[] }[],
  /** By tab. */
  badges: new Map<number, string>(),
  /** As a browser that was just started; listeners stay. */
  reset(): void {
    for (const each of [fake.local, fake.session, fake.sync]) each.reset();
    fake.granted.clear();
    fake.tabs.length = 0;
    fake.documents.length = 0;
    fake.windows.length = 0;
    fake.sent.length = 0;
    fake.registered.length = 0;
    fake.badges.clear();
    fake.answerOf = answerNothing;
  },
};

interface Origins {
  origins: string[];
}

const permissions = {
  contains: vi.fn(({ origins }: Origins) =>
    Promise.resolve(origins.every((pattern) => fake.granted.has(pattern))),
  ),
  request: vi.fn(({ origins }: Origins) => {
    for (const pattern of origins) fake.granted.add(pattern);
    return Promise.resolve(true);
  }),
  remove: vi.fn(({ origins }: Origins) => {
    for (const pattern of origins) fake.granted.delete(pattern);
    return Promise.resolve(true);
  }),
};

const scripting = {
  getRegisteredContentScripts: () => Promise.resolve([...fake.registered]),
  registerContentScripts: async (scripts: typeof fake.registered) => {
    await Promise.resolve();
    if (fake.registered.length > 0) throw new Error("Duplicate script ID 'label-pages'");
    fake.registered.push(...scripts);
  },
  updateContentScripts: (scripts: typeof fake.registered) => {
    fake.registered.splice(0, 1, ...scripts);
    return Promise.resolve();
  },
  unregisterContentScripts: () => {
    fake.registered.length = 0;
    return Promise.resolve();
  },
  executeScript: ({ target: { tabId } }: { target: { tabId: number } }) =>
    Promise.resolve(fake.documents.filter((each) => each.tabId === tabId)),
};

const windows = {
  onRemoved: fake.onWindowRemoved,
  getAll: () => Promise.resolve(fake.windows),
};

const tabs = {
  query: () => Promise.resolve(fake.tabs),
  get: (id: number) => {
    const tab = fake.tabs.find((each) => each.id === id);
    return tab === undefined ? Promise.reject(new Error('No tab')) : Promise.resolve(tab);
  },
  sendMessage: (
    tabId: number,
    message: FakeMessage,
    { frameId, documentId }: { frameId?: number; documentId?: string },
  ) => {
    const heard = fake.documents.find(
      (each) =>
        each.tabId === tabId &&
        each.frameId === frameId &&
        (documentId === undefined || each.documentId === documentId),
    );
    if (heard === undefined) return Promise.reject(new Error('Receiving end does not exist.'));
    if (message.type === undefined) return Promise.resolve(undefined);
    fake.sent.push({ tabId, frameId: heard.frameId, message });
    return Promise.resolve({ ok: true, value: fake.answerOf(message) });
  },
};

const browser = {
  runtime: { id: OUR_ID, getURL: (path: string) => OUR_URL + path, onMessage: fake.onMessage },
  storage: {
    local: fake.local.api,
    session: fake.session.api,
    sync: fake.sync.api,
    onChanged: onStorageChanged,
  },
  permissions,
  scripting,
  tabs,
  windows,
  i18n: {
    getMessage: (key: string, values: string[] = []) =>
      fake.texts === null
        ? key
        : (fake.texts.get(key) ?? '').replace(/\$(\d)/g, (_, place) => values[place - 1] ?? ''),
    getUILanguage: () => 'en',
  },
  action: {
    setBadgeBackgroundColor: () => Promise.resolve(),
    setTitle: () => Promise.resolve(),
    setBadgeText: ({ text, tabId }: { text: string; tabId: number }) => {
      fake.badges.set(tabId, text);
      return Promise.resolve();
    },
  },
};

export { permissions };
export default browser;
