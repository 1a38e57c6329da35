/**
 * Work in Firefox's own process, where menus, prompts and background pages are: what a driver of web pages
 * cannot reach. Every function here is sent over as text, so each stands alone: no imports, no outer names.
 */

interface BackgroundView {
  viewType: string;
  xulBrowser: {
    messageManager: {
      addMessageListener: (name: string, listener: MessageListener) => void;
      removeMessageListener: (name: string, listener: MessageListener) => void;
      loadFrameScript: (address: string, isLater: boolean) => void;
    };
  };
}
interface MessageListener {
  receiveMessage: (message: { data: string }) => void;
}
interface FirefoxExtension {
  /** `running`, `starting`, `suspending` or `stopped`. */
  backgroundState: string;
  wakeupBackground: () => Promise<void>;
  terminateBackground: (how: { ignoreDevToolsAttached: boolean }) => Promise<void>;
  views: Iterable<BackgroundView>;
}
interface XulElement extends Element {
  hidden: boolean;
  state: string;
  menupopup: XulElement;
  hidePopup: () => void;
  openMenu: (isOpen: boolean) => void;
  activateItem: (item: Element) => void;
  click: () => void;
  doCommand: () => void;
}
interface FrameTree {
  id: number;
  children: FrameTree[];
}

declare const WebExtensionPolicy: {
  getByID: (id: string) => { extension: FirefoxExtension } | null;
};
declare const gBrowser: {
  selectedTab: { isConnected: boolean };
  formerTab?: { isConnected: boolean };
  selectedBrowser: { browsingContext: FrameTree };
};
declare const ChromeUtils: { importESModule: (address: string) => unknown };
declare const Services: {
  wm: { getEnumerator: (kind: string) => Iterable<Window> };
  prefs: {
    setIntPref: (name: string, value: number) => void;
    setBoolPref: (name: string, value: boolean) => void;
    setStringPref: (name: string, value: string) => void;
  };
};

/** Of the background page; null where the extension is not (yet) there. */
export function backgroundState(id: string): string | null {
  return WebExtensionPolicy.getByID(id)?.extension.backgroundState ?? null;
}

export async function stopBackground(id: string): Promise<void> {
  const extension = WebExtensionPolicy.getByID(id)?.extension;
  if (extension?.backgroundState !== 'running') return;
  await extension.terminateBackground({ ignoreDevToolsAttached: true });
}

/**
 * Evaluates an expression in the background page, which is started where it is stopped; always in the same
 * scope beside the page's own, as long as the page lives.
 * @returns `{ value }` or `{ error }`, as JSON
 */
export async function evaluateInBackground(id: string, expression: string): Promise<string> {
  const extension = WebExtensionPolicy.getByID(id)?.extension;
  if (extension === undefined) throw new Error('The extension is not there.');
  if (extension.backgroundState !== 'running') await extension.wakeupBackground();
  const view = [...extension.views].find(({ viewType }) => viewType === 'background');
  if (view === undefined) throw new Error('There is no background page.');
  const { messageManager } = view.xulBrowser;
  const name = `evaluated-${Math.random()}`;
  const script = `(async () => {
    const world = (content.evaluationWorld ??= new Cu.Sandbox(content, { sandboxPrototype: content, wantXrays: false, sameZoneAs: content }));
    const code = '(async () => { const value = await (' + ${JSON.stringify(expression)} + '); return JSON.stringify({ value }); })()';
    try { sendAsyncMessage('${name}', await Cu.evalInSandbox(code, world)); }
    catch (error) { sendAsyncMessage('${name}', JSON.stringify({ error: String(error) })); }
  })()`;
  return await new Promise((resolve) => {
    const listener: MessageListener = {
      receiveMessage: ({ data }) => {
        messageManager.removeMessageListener(name, listener);
        resolve(data);
      },
    };
    messageManager.addMessageListener(name, listener);
    const address = `data:application/javascript;charset=utf-8,${encodeURIComponent(script)}`;
    messageManager.loadFrameScript(address, false);
  });
}

/** Gives or takes back access as the page of add-ons does. @param pattern a match pattern */
export async function changeAccess(id: string, pattern: string, isGiven: boolean): Promise<void> {
  const { ExtensionPermissions } = ChromeUtils.importESModule(
    'resource://gre/modules/ExtensionPermissions.sys.mjs',
  ) as {
    ExtensionPermissions: Record<
      'add' | 'remove',
      (
        id: string,
        access: { permissions: string[]; origins: string[] },
        extension: FirefoxExtension | undefined,
      ) => Promise<void>
    >;
  };
  const access = { permissions: [], origins: [pattern] };
  const { extension } = WebExtensionPolicy.getByID(id) ?? {};
  await ExtensionPermissions[isGiven ? 'add' : 'remove'](id, access, extension);
}

export async function reloadAddon(id: string): Promise<void> {
  const { AddonManager } = ChromeUtils.importESModule(
    'resource://gre/modules/AddonManager.sys.mjs',
  ) as { AddonManager: { getAddonByID: (id: string) => Promise<{ reload: () => Promise<void> }> } };
  await (await AddonManager.getAddonByID(id)).reload();
}

/**
 * Installs a packed extension; one that is there for as long as the browser runs goes first. Does not wait:
 * the version that is there may put the new one off.
 */
export async function installArchive(id: string, uuid: string, path: string): Promise<void> {
  interface Addon {
    temporarilyInstalled: boolean;
    uninstall: () => Promise<void>;
  }
  const { AddonManager } = ChromeUtils.importESModule(
    'resource://gre/modules/AddonManager.sys.mjs',
  ) as {
    AddonManager: {
      getAddonByID: (id: string) => Promise<Addon | null>;
      getInstallForFile: (file: unknown) => Promise<{ install: () => Promise<unknown> }>;
    };
  };
  const { FileUtils } = ChromeUtils.importESModule('resource://gre/modules/FileUtils.sys.mjs') as {
    FileUtils: { File: new (path: string) => unknown };
  };
  const before = await AddonManager.getAddonByID(id);
  if (before?.temporarilyInstalled === true) await before.uninstall();
  // The name in addresses went with it.
  Services.prefs.setStringPref('extensions.webextensions.uuids', JSON.stringify({ [id]: uuid }));
  const install = await AddonManager.getInstallForFile(new FileUtils.File(path));
  install.install().catch(() => undefined);
}

/** The version that is there; null where none is. */
export async function installedVersion(id: string): Promise<string | null> {
  const { AddonManager } = ChromeUtils.importESModule(
    'resource://gre/modules/AddonManager.sys.mjs',
  ) as { AddonManager: { getAddonByID: (id: string) => Promise<{ version: string } | null> } };
  return (await AddonManager.getAddonByID(id))?.version ?? null;
}

/** Notes which tab is in front, for `bringNotedTabBack`. */
export function noteFrontTab(): void {
  gBrowser.formerTab = gBrowser.selectedTab;
}

export function bringNotedTabBack(): void {
  const { formerTab } = gBrowser;
  if (formerTab?.isConnected === true) gBrowser.selectedTab = formerTab;
}

/** Clicks the extension's toolbar button, and closes the popup that it opens. */
export async function clickToolbarButton(id: string): Promise<void> {
  const { ExtensionParent } = ChromeUtils.importESModule(
    'resource://gre/modules/ExtensionParent.sys.mjs',
  ) as {
    ExtensionParent: {
      apiManager: {
        global: {
          browserActionFor: (extension: FirefoxExtension) => {
            triggerAction: (at: Window) => void;
          };
        };
      };
    };
  };
  const extension = WebExtensionPolicy.getByID(id)?.extension;
  if (extension === undefined) throw new Error('The extension is not there.');
  const after = (target: EventTarget, event: string, limitMs: number): Promise<unknown> =>
    Promise.race([
      new Promise((resolve) => {
        target.addEventListener(event, resolve, { once: true });
      }),
      new Promise((resolve) => setTimeout(resolve, limitMs)),
    ]);
  const shown = after(window, 'popupshown', 4000);
  ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(window);
  await shown;
  const panel = document.querySelector('.webextension-popup-browser')?.closest<XulElement>('panel');
  if (panel === undefined || panel === null) return;
  const hidden = after(panel, 'popuphidden', 3000);
  panel.hidePopup();
  await hidden;
}

/** Closes the page's context menu where it is open. */
export async function closeContextMenu(): Promise<void> {
  const menu = document.querySelector<XulElement>('#contentAreaContextMenu');
  if (menu?.state !== 'open') return;
  const hidden = new Promise((resolve) => {
    menu.addEventListener('popuphidden', resolve, { once: true });
  });
  menu.hidePopup();
  await hidden;
}

/** The ids of our items in the open context menu; null while it is not open. */
export function contextMenuItems(widget: string): string[] | null {
  const menu = document.querySelector<XulElement>('#contentAreaContextMenu');
  if (menu?.state !== 'open') return null;
  return [...menu.querySelectorAll<XulElement>(`menuitem[id^="${widget}"]`)]
    .filter(({ hidden }) => !hidden)
    .map(({ id }) => id);
}

/** Chooses an item of the open context menu. */
export async function chooseMenuItem(itemId: string): Promise<void> {
  const menu = document.querySelector<XulElement>('#contentAreaContextMenu');
  const item = document.getElementById(itemId);
  if (menu === null || item === null) throw new Error(`There is no menu item ${itemId}.`);
  const hidden = new Promise((resolve) => {
    menu.addEventListener('popuphidden', resolve, { once: true });
  });
  const submenu = item.closest<XulElement>('menu');
  if (submenu === null) {
    menu.activateItem(item);
  } else {
    const { menupopup } = submenu;
    const shown = new Promise((resolve) => {
      menupopup.addEventListener('popupshown', resolve, { once: true });
    });
    submenu.openMenu(true);
    await shown;
    menupopup.activateItem(item);
  }
  await hidden;
}

/**
 * Presses the keys of a command, by the element that the browser has for them.
 * @param place which of the manifest's commands
 */
export function pressCommand(widget: string, place: number): void {
  const keys = document.querySelectorAll<XulElement>(`keyset[id*="${widget}"] key`);
  const key = keys[place];
  if (key === undefined) throw new Error(`There is no key ${place} of ${keys.length}.`);
  key.doCommand();
}

/** The ids of a tab's frames, depth first, as extensions know them; the main frame's is another there. */
export function frameIds(): number[] {
  const ids: number[] = [];
  const left: FrameTree[] = [gBrowser.selectedBrowser.browsingContext];
  for (let frame = left.shift(); frame !== undefined; frame = left.shift()) {
    ids.push(frame.id);
    left.unshift(...frame.children);
  }
  return ids;
}

/** Presses the button of the browser's own question, in whichever window, that gives or refuses what an extension asks for. */
export async function answerPermissionPrompt(isAllowed: boolean): Promise<boolean> {
  const kind = isAllowed ? 'primary' : 'secondary';
  const selector = `#addon-webext-permissions-notification .popup-notification-${kind}-button`;
  const end = Date.now() + 8000;
  while (Date.now() < end) {
    for (const { document: ofWindow } of Services.wm.getEnumerator('navigator:browser')) {
      const button = ofWindow.querySelector<XulElement>(selector);
      if (button?.closest<XulElement>('panel')?.state !== 'open') continue;
      // Such questions take no press in their first moment.
      await new Promise((resolve) => setTimeout(resolve, 700));
      button.click();
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

export function setPreference(name: string, value: number | boolean | string): void {
  if (typeof value === 'number') Services.prefs.setIntPref(name, value);
  else if (typeof value === 'boolean') Services.prefs.setBoolPref(name, value);
  else Services.prefs.setStringPref(name, value);
}
