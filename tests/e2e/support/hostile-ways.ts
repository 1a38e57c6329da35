/**
 * A page that means harm, over card, labels and details: every way to read what they say, or to act
 * through them, is a row. For the test of each row, and for the campaign that counts what succeeds.
 */
import { readFileSync } from 'node:fs';
import type { Page } from 'puppeteer';

import { waitUntil, type ExtensionSession } from '../../../scripts/drive/extension-session';
import { tabIdOf, untilProgress } from '../../../scripts/drive/labelling-progress';
import { english } from '../../fixtures/popup/english';
import { watchCard, type CardReader } from './card-view';
import { watchLabels, type LabelReader } from './label-view';

/** For the head of a page: what reads whatever lies over it. */
export const SPY = readFileSync(
  new URL('../../fixtures/hostile/spy.html', import.meta.url),
  'utf8',
);
export const WRONG = english('dismissal_button');
/** Where the clipboard API is refused, so that copying has a listener to fear. */
export const HEADERS = { 'permissions-policy': 'clipboard-write=()' };
/** Longer than a press of a person takes to be everywhere. */
const EVERYWHERE_MS = 700;
/** Longer than a card takes to be as it was. */
const AS_BEFORE_MS = 3000;

export interface Opened {
  session: ExtensionSession;
  page: Page;
  card: CardReader;
  labels: LabelReader;
  tabId: number;
}

export const IMAGES = `<img id="target" width="300" height="200" src="/photos/0.jpg">
  <img id="other" width="300" height="200" src="/photos/1.jpg"><p><textarea id="field"></textarea>`;

/** Watches a page that shows `IMAGES`, with `SPY` in its head. */
export async function watchHostile(session: ExtensionSession, page: Page): Promise<Opened> {
  const card = await watchCard(page);
  const labels = await watchLabels(page, session);
  return { session, page, card, labels, tabId: await tabIdOf(session, page) };
}

/** @throws where a row's own ground is not as it thinks */
function assume(holds: boolean, what: string): void {
  if (!holds) throw new Error(`Not so: ${what}.`);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const inPage = (page: Page, code: string) => page.evaluate(code);
const root = (name: string) =>
  `chrome.dom.openOrClosedShadowRoot(document.querySelector('[data-alt-lens-host=${name}]'))`;

export async function openCard({ session, page, card }: Opened) {
  await session.describe(page, '#target');
  return await card.settled();
}

async function openLabels({ session, labels, tabId }: Opened) {
  await session.ask('labelPage', { tabId });
  await untilProgress(session, tabId, ({ labelled }) => labelled === 2);
  return await labels.until('both labels are there', ({ length }) => length === 2);
}

/** The details of the target's label, open until they are closed. @returns where their button is */
export async function openDetails(opened: Opened): Promise<{ x: number; y: number }> {
  const [label] = await openLabels(opened);
  if (label === undefined) throw new Error('No label.');
  await opened.page.mouse.click(label.box.x + 10, label.box.y + 10);
  return await centreOf(opened.labels, 'labels');
}

export async function openDetailsAgain({ page, labels }: Opened): Promise<void> {
  const [label] = await labels.shown();
  if (label === undefined) throw new Error('No label.');
  await page.mouse.click(label.box.x + 10, label.box.y + 10);
  await centreOf(labels, 'labels');
}

/** The centre of the button that says that a label is wrong, CSS px. */
async function centreOf({ evaluate }: Pick<LabelReader, 'evaluate'>, name: string) {
  return await waitUntil(
    'the button is there',
    async () =>
      (await evaluate(`(() => {
        const button = ${root(name)}?.querySelector('button[aria-label="${WRONG}"]');
        if (!button) return undefined;
        const { x, y, width, height } = button.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      })()`)) as { x: number; y: number } | undefined,
    5000,
  );
}

export const untilEnabled = ({ evaluate }: Pick<LabelReader, 'evaluate'>, name: string) =>
  waitUntil(
    'the buttons are enabled',
    async () =>
      (await evaluate(
        `(() => {
          const shown = [...${root(name)}?.querySelectorAll('button') ?? []].filter((each) => each.checkVisibility());
          const guarded = shown.filter((each) => each.ariaDisabled !== null);
          const isThere = guarded.some((each) => each.ariaLabel === '${WRONG}');
          return isThere && guarded.every((each) => each.ariaDisabled === 'false');
        })()`,
      )) === true,
    5000,
  );

/** Has a label been called wrong? */
export async function dismissed({ session }: Opened): Promise<boolean> {
  await pause(EVERYWHERE_MS);
  return (await session.ask('countDismissals', {})) > 0;
}

/** What the page gets by each way, of these words. */
export const read = async (page: Page, words: readonly string[]): Promise<string[]> => {
  return await page.evaluate(
    (secrets) => (globalThis as unknown as { hostile: Spy }).hostile.read(secrets),
    [...words],
  );
};

export interface Spy {
  names: string[];
  read: (words: string[]) => Promise<string[]>;
}

/**
 * All that a page gets of the words of card, labels and details, while a person opens, reads, copies and
 * closes them.
 * @returns the ways that succeeded, and with what
 */
export async function readAll(opened: Opened): Promise<string[]> {
  const { page, card } = opened;
  const at = await openDetails(opened);
  await page.mouse.move(at.x, at.y, { steps: 5 });
  const shown = await opened.labels.shown();
  await openCard(opened);
  const { box, draft, predictions } = await card.settled();
  const [first] = predictions;
  const words = [...predictions.map(({ label }) => label), ...shown.map(({ text }) => text)];
  words.push(draft ?? '', first?.share ?? '');
  assume(new Set(words).size > 3 && words.every((word) => word !== ''), 'there are words to read');

  await card.press('Copy');
  await card.until('it says so', ({ buttons }) => buttons.includes('Copied'));
  // All that a person might do who wants a text: drag over it, select all, copy.
  await page.mouse.move(box.x + 20, box.y + 50);
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 20, box.y + box.height - 20, { steps: 8 });
  await page.mouse.up();
  await page.keyboard.down('Control');
  await page.keyboard.press('a', { commands: ['SelectAll'] });
  await page.keyboard.press('c', { commands: ['Copy'] });
  await page.keyboard.up('Control');
  const got = await read(page, words);
  // The card was there all the while, and the ways changed nothing.
  const still = (await card.settled()).predictions.map(({ label }) => label);
  assume(still.includes(words[0] ?? ''), 'the card is as it was');
  // Nor when parts of ours go while focus or pointer are in them.
  await card.press('Close');
  await card.gone();
  for (const [x, y] of [at, { x: at.x, y: at.y + 400 }, at].map((to) => [to.x, to.y] as const)) {
    await page.mouse.move(x, y, { steps: 20 });
  }
  await openDetailsAgain(opened);
  await page.mouse.click(at.x, at.y - 40);
  await page.mouse.move(at.x + 320, 40, { steps: 30 });
  await page.mouse.move(at.x, at.y - 40, { steps: 30 });
  await page.focus('#field');
  await page.mouse.move(600, 500, { steps: 20 });
  return [...got, ...(await read(page, words))];
}

/** Something of the page over this point that lets hits through, with words that want a press. */
const decoyAt = ({ x, y }: { x: number; y: number }, style = '') =>
  `(() => {
    const decoy = document.createElement('div');
    Object.assign(decoy, { id: 'decoy', popover: 'manual', textContent: 'Play' });
    decoy.style.cssText = 'position: fixed; inset: auto; left: ${x - 90}px; top: ${y - 60}px; margin: 0; width: 180px; height: 120px; pointer-events: none; ${style}';
    document.documentElement.append(decoy);
    decoy.showPopover();
  })()`;

/** How the card looks, to the last property; what only our own state changes is left out. */
const LOOKS = `(() => {
  const looks = {};
  const all = [${root('card')}.host, ...${root('card')}.querySelectorAll('*')];
  for (const [index, one] of all.entries()) {
    const style = getComputedStyle(one);
    for (const name of ['color', 'background-color', 'opacity', 'display', 'visibility', 'font-family',
      'font-size', 'filter', 'clip-path', 'border-color', 'box-shadow', 'inline-size',
      'pointer-events', 'content-visibility', 'zoom', 'user-select', 'user-modify', 'color-scheme', 'position']) {
      looks[index + ' ' + name] = style.getPropertyValue(name);
    }
    looks[index + ' seen'] = one.checkVisibility({ visibilityProperty: true });
  }
  return looks;
})()`;

/** A way to act: from a shown card or label to whether the page had its will. */
export type Act = (opened: Opened) => Promise<boolean>;

/** The person presses where the card's button is; the page has done this before. */
const stolenPress =
  (code: (at: { x: number; y: number }) => string): Act =>
  async (opened) => {
    await openCard(opened);
    await untilEnabled(opened.card, 'card');
    const at = await centreOf(opened.card, 'card');
    await opened.page.mouse.move(at.x, at.y);
    await inPage(opened.page, code(at));
    await pause(400);
    await opened.page.mouse.click(at.x, at.y);
    return await dismissed(opened);
  };

/** The page does this to an open card, which is then as it was, or the toolbar says so. */
const silentChange =
  (code: string): Act =>
  async (opened) => {
    await openCard(opened);
    await untilEnabled(opened.card, 'card');
    const before = JSON.stringify(await opened.card.evaluate(LOOKS));
    await inPage(opened.page, code);
    await pause(EVERYWHERE_MS);
    const isThere = (await opened.card.read()) !== null;
    if (!isThere) return await isSilent(opened);
    // Uncovered to the eye of the browser.
    await untilEnabled(opened.card, 'card');
    // A busy browser is late; what the page has changed stays so.
    const isAsBefore = async () => JSON.stringify(await opened.card.evaluate(LOOKS)) === before;
    return await waitUntil('the card is as before', isAsBefore, AS_BEFORE_MS, 200).then(
      () => false,
      () => true,
    );
  };

async function badgeOf({ session, tabId }: Opened): Promise<string> {
  const worker = await session.worker();
  return await worker.evaluate((id) => chrome.action.getBadgeText({ tabId: id }), tabId);
}

/** The page dispatches these; the card goes away, or a label is dismissed. */
const forged =
  (code: string): Act =>
  async (opened) => {
    await openDetails(opened);
    await openCard(opened);
    await untilEnabled(opened.card, 'card');
    const at = await centreOf(opened.card, 'card');
    await inPage(
      opened.page,
      `((at) => {
        const rest = { bubbles: true, cancelable: true, composed: true, clientX: at.x, clientY: at.y };
        const targets = [...hostile.hosts, document.querySelector('#target'), document.body, document, window];
        const dispatch = (make) => targets.forEach((target) => target.dispatchEvent(make(rest)));
        ${code}
      })(${JSON.stringify(at)})`,
    );
    return (await dismissed(opened)) || (await opened.card.read()) === null;
  };

const HOST = `document.querySelector('[data-alt-lens-host=card]')`;

export const ACTS: Record<string, Act> = {
  'forged clicks': forged(`
    hostile.hosts.forEach((host) => host.click());
    for (const type of ['pointerover', 'pointermove', 'mousedown', 'mouseup', 'pointerup', 'click', 'auxclick']) {
      dispatch((rest) => new PointerEvent(type, rest));
    }`),
  'forged presses beside the card': forged(
    `dispatch((rest) => new PointerEvent('pointerdown', { ...rest, clientX: 1, clientY: 1 }));`,
  ),
  'forged keys': forged(`
    for (const key of ['Tab', 'Enter', ' ', 'ArrowDown', 'Escape']) {
      for (const type of ['keydown', 'keypress', 'keyup']) {
        dispatch((rest) => new KeyboardEvent(type, { key, code: key, ...rest }));
      }
    }`),
  'a forged end of the page': forged(`
    for (const type of ['pagehide', 'beforeunload', 'unload', 'blur', 'freeze', 'visibilitychange']) {
      dispatch((rest) => new PageTransitionEvent(type, { persisted: true, ...rest }));
    }`),
  'a forged context menu': async ({ session, page, card }) => {
    await session.describe(page, '#other');
    const { headline } = await card.settled();
    await inPage(
      page,
      `addEventListener('contextmenu', ({ isTrusted }) => {
        if (!isTrusted) return;
        const { x, y } = document.querySelector('#other').getBoundingClientRect();
        for (const type of ['pointerdown', 'contextmenu']) {
          const at = { clientX: x + 9, clientY: y + 9, button: 2, bubbles: true };
          document.querySelector('#other').dispatchEvent(new PointerEvent(type, at));
        }
      })`,
    );
    await session.describe(page, '#target');
    return (await card.settled()).headline === headline;
  },
  'a popover over the card': stolenPress(decoyAt),
  'a popover over the card that is hardly seen': stolenPress((at) =>
    decoyAt(at, 'opacity: 0.02; background: none; border: 0'),
  ),
  'a modal dialog’s backdrop over the card': stolenPress(
    () => `(() => {
      const dialog = document.createElement('dialog');
      document.body.append(dialog);
      dialog.showModal();
      document.styleSheets[0].insertRule('::backdrop { pointer-events: none; background: white }');
    })()`,
  ),
  'a popover that goes when the pointer comes down': stolenPress(
    (at) => `${decoyAt(at)};
      addEventListener('pointerdown', () => document.querySelector('#decoy').remove(), true);`,
  ),
  'the card moved under the pointer': async (opened) => {
    const { page, card } = opened;
    await openCard(opened);
    await untilEnabled(card, 'card');
    const { x, y } = await centreOf(card, 'card');
    await page.mouse.move(x + 150, y + 90);
    await inPage(
      page,
      `document.querySelector('#target').style.cssText = 'position: relative; left: 150px; top: 90px'`,
    );
    await pause(150);
    const moved = await centreOf(card, 'card');
    assume(Math.hypot(moved.x - x, moved.y - y) > 50, 'the card follows its image');
    await page.mouse.click(moved.x, moved.y);
    return await dismissed(opened);
  },
  'a popover over a label’s details': async (opened) => {
    const at = await openDetails(opened);
    await untilEnabled(opened.labels, 'labels');
    await opened.page.mouse.move(at.x, at.y);
    await inPage(opened.page, decoyAt(at));
    await pause(400);
    await opened.page.mouse.click(at.x, at.y);
    return await dismissed(opened);
  },
  'details opened under the pointer': async (opened) => {
    const at = await openDetails(opened);
    await opened.page.mouse.click(at.x, at.y);
    return await dismissed(opened);
  },
  'keys on a covered card': async (opened) => {
    const { page, card } = opened;
    await openCard(opened);
    await untilEnabled(card, 'card');
    await inPage(page, decoyAt(await centreOf(card, 'card')));
    await pause(400);
    for (let stop = 0; stop < 4 && (await card.read())?.focused !== WRONG; stop += 1) {
      await page.keyboard.press('Tab');
    }
    assume((await card.read())?.focused === WRONG, 'the Tab key reaches the button');
    await page.keyboard.press('Enter');
    return await dismissed(opened);
  },
  'another text copied': async ({ session, page, card }) => {
    await inPage(page, `hostile.forged = 'forged'`);
    await session.describe(page, '#target');
    await card.settled();
    await card.press('Copy');
    await card.until('it says so', ({ buttons }) => buttons.includes('Copied'));
    await page.keyboard.press('Escape');
    await inPage(page, `hostile.forged = null`);
    await page.focus('#field');
    await page.keyboard.down('Control');
    await page.keyboard.press('v', { commands: ['Paste'] });
    await page.keyboard.up('Control');
    const pasted = await page.$eval('#field', (field) => (field as HTMLTextAreaElement).value);
    assume(pasted !== '', 'something was copied');
    return pasted === 'forged';
  },
  'styles of the page': silentChange(`document.styleSheets[0].insertRule(
    '* { opacity: 0 !important; display: none !important; visibility: hidden !important; filter: opacity(0) !important; transform: scale(0) !important; pointer-events: none !important; content-visibility: hidden !important; forced-color-adjust: none !important; -webkit-user-modify: read-write !important; user-select: text !important; transition: all 99999s !important }');
    document.styleSheets[0].insertRule('html, head, body { display: block !important; content-visibility: visible !important }');
    document.styleSheets[0].insertRule('@layer low { div { display: none !important } }');
    document.styleSheets[0].insertRule('::part(card), div::before { display: none !important }');
    ${HOST}.style.cssText = 'opacity: 0 !important; display: none !important; position: absolute !important; left: -9999px !important';
    ${HOST}.animate({ opacity: [0, 0], transform: ['scale(0)', 'scale(0)'] }, { duration: 1e9, fill: 'both' });
    document.documentElement.animate({ opacity: [0, 0] }, { duration: 1e9, fill: 'both' });`),
  'custom properties of the page': silentChange(`
    for (const name of ['page', 'surface', 'surface-raised', 'line', 'text', 'text-quiet', 'accent', 'control-line']) {
      CSS.registerProperty({ name: '--colour-' + name, syntax: '<color>', inherits: false, initialValue: 'transparent' });
      document.styleSheets[0].insertRule('* { --colour-' + name + ': transparent !important }');
    }
    CSS.registerProperty({ name: '--shadow', syntax: '*', inherits: false, initialValue: 'none' });
    for (const name of ${HOST}.computedStyleMap().keys()) {
      if (name.startsWith('--')) ${HOST}.style.setProperty(name, 'transparent', 'important');
    }`),
  'attributes of the page':
    silentChange(`for (const [name, value] of [['hidden', ''], ['inert', ''],
    ['aria-hidden', 'true'], ['role', 'presentation'], ['popover', 'auto'], ['class', 'stage'], ['dir', 'rtl'],
    ['style', 'display: none'], ['contenteditable', 'true'], ['slot', 'none'], ['lang', 'xx'], ['translate', 'yes']]) {
      ${HOST}.setAttribute(name, value);
    }`),
  'a host that is made silent for good': async (opened) => {
    await openCard(opened);
    await inPage(
      opened.page,
      `{
        const host = ${HOST};
        const silence = () => host.setAttribute('aria-hidden', 'true');
        new MutationObserver(() => host.hasAttribute('aria-hidden') || silence()).observe(host, { attributes: true });
        silence();
      }`,
    );
    return await isSilent(opened);
  },
  'a host that is taken away for good': async (opened) => {
    await openCard(opened);
    await inPage(
      opened.page,
      `setInterval(() => document.querySelector('[data-alt-lens-host=card]')?.remove(), 10)`,
    );
    return await isSilent(opened);
  },
  'labels that are taken away for good': async (opened) => {
    await openLabels(opened);
    await inPage(
      opened.page,
      `setInterval(() => document.querySelector('[data-alt-lens-host=labels]')?.remove(), 10)`,
    );
    return await isSilent(opened);
  },
  'a host that is hidden somewhere': silentChange(
    `{
      const hole = document.createElement('div');
      hole.style.display = 'none';
      document.body.append(hole);
      hole.append(${HOST});
    }`,
  ),
  'showing prevented': async (opened) => {
    await inPage(
      opened.page,
      `for (const type of ['beforetoggle', 'toggle']) {
        addEventListener(type, (event) => { event.preventDefault(); event.target.hidePopover?.(); }, true);
      }
      HTMLElement.prototype.showPopover = () => undefined;`,
    );
    await openCard(opened);
    const isOpen = `${root('card')}.querySelector('.stage').matches(':popover-open')`;
    return (await opened.card.evaluate(isOpen)) !== true;
  },
  'editing the page': async (opened) => {
    const { page, card } = opened;
    const before = await openCard(opened);
    await inPage(page, `document.designMode = 'on'; document.execCommand('selectAll')`);
    const { box } = before;
    await page.mouse.click(box.x + 60, box.y + 50);
    await page.keyboard.down('Control');
    await page.keyboard.press('a', { commands: ['SelectAll'] });
    await page.keyboard.up('Control');
    await page.keyboard.press('Delete', { commands: ['Delete'] });
    await inPage(
      page,
      `for (const name of ['selectAll', 'delete', 'insertText']) document.execCommand(name, false, 'x')`,
    );
    const after = await card.read();
    if (after === null) return (await badgeOf(opened)) !== '!';
    return JSON.stringify(after.lines) !== JSON.stringify(before.lines);
  },
};

/** Is something of ours unseen without a word in the toolbar? */
const isSilent = async (opened: Opened): Promise<boolean> =>
  await waitUntil('the toolbar says so', async () => (await badgeOf(opened)) === '!', 5000).then(
    () => false,
    () => true,
  );
