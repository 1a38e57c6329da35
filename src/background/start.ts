/** The background: its parts, and all that wakes it. The same in every browser; what differs comes as a host. */
import { browser, type Tabs } from '../platform/browser';

import { createOneAtATime } from '../core/one-at-a-time';
import { serve } from '../messages/server';
import { menus } from '../platform/menus';
import { adoptSyncedSettings, onSyncedSettings } from '../platform/settings-store';
import { isWelcome } from '../platform/tabs';
import { shutStorageToPages } from '../platform/trusted-storage';
import { attendedFrame } from './attended-frame';
import { describeScript } from './content-scripts';
import { describeImage, type Asked } from './describe-image';
import { createHandlers } from './handlers';
import type { BackgroundHost } from './host/host';
import { sayNextImage } from './image-walk';
import { runActionItem } from './label-menu';
import { createMenus, isActionItem, isPageItem } from './menus';
import { followPrivateWindows } from './private-windows';
import { createServices, type Services } from './services';
import { unawaited } from './unawaited';
import { openWelcome } from './welcome';

/** Starts the background. Call in its first turn: listeners that come later miss the event that woke it. */
export function startBackground(host: BackgroundHost): void {
  unawaited(shutStorageToPages());
  followPrivateWindows();
  const services = createServices(host);
  serve(createHandlers(services), host.keepAwake);
  describeWhenAsked(services);
  labelAsChosen(services);
  const { labelling } = services;
  host.aroundUpdate(
    () => labelling.leaveEverywhere(),
    () => labelling.takeOverEverywhere(),
  );
}

/** Menu items of the page and shortcuts: one image, at once. */
function describeWhenAsked({ engine, classifier, labelling, outcomes }: Services): void {
  function describe(tab: Tabs.Tab, frameId: number, asked: Asked, requestedAt = Date.now()): void {
    unawaited(
      describeImage({ contentScript: describeScript, outcomes }, tab, frameId, asked, requestedAt),
    );
    // The model loads while the page's script finds the image. The classification waits for the same
    // start and tells the person what failed.
    unawaited(engine.prepare());
    classifier.prepare();
  }

  /** A shortcut names no frame. */
  async function describeAttended(
    tab: Tabs.Tab,
    tabId: number,
    answer: Asked['answer'],
  ): Promise<void> {
    const requestedAt = Date.now();
    const frameId = await attendedFrame(describeScript, tabId);
    const nothing = { srcUrl: null, menuTarget: null, frameUrl: null };
    const asked: Asked = { target: 'focused', ...nothing, answer };
    describe(tab, frameId, asked, requestedAt);
  }

  menus.onClicked.addListener((info, tab) => {
    const { menuItemId, frameId, srcUrl, frameUrl, mediaType = 'image' } = info;
    const { targetElementId: menuTarget = null } = info;
    if (tab === undefined || !isPageItem(menuItemId)) return;
    const isImage = menuItemId === 'classify-image' && mediaType === 'image';
    describe(tab, frameId ?? 0, {
      target: isImage && srcUrl !== undefined ? 'image' : 'here',
      srcUrl: srcUrl ?? null,
      menuTarget,
      frameUrl: frameUrl ?? null,
      answer: 'card',
    });
  });

  const walkInTurn = createOneAtATime();
  /** From image to image; each press goes on from where the one before it came to. */
  function walk(tab: Tabs.Tab, tabId: number, step: 1 | -1): void {
    unawaited(walkInTurn(() => sayNextImage({ outcomes }, tab, tabId, step)));
    unawaited(engine.prepare());
    classifier.prepare();
  }

  browser.commands.onCommand.addListener((command, tab) => {
    // The welcome page answers for itself.
    if (tab?.id === undefined || isWelcome(tab)) return;
    if (command === 'next-image' || command === 'previous-image') {
      walk(tab, tab.id, command === 'next-image' ? 1 : -1);
      return;
    }
    if (command === 'describe-image' || command === 'speak-image') {
      const answer = command === 'describe-image' ? 'card' : 'speech';
      unawaited(describeAttended(tab, tab.id, answer));
    } else if (command === 'toggle-labels') {
      unawaited(labelling.toggleLabels(tab.id));
    }
  });
}

/** Labels on pages: what the person chose, in this browser or another, and what the browser allows. */
function labelAsChosen({ followers, engineSettings, labelling, pages }: Services): void {
  const applyEverywhere = (): void => {
    unawaited(labelling.applyEverywhere());
  };

  browser.runtime.onInstalled.addListener(({ reason }) => {
    unawaited(createMenus());
    unawaited(openWelcome(reason));
    applyEverywhere();
  });
  browser.runtime.onStartup.addListener(applyEverywhere);

  menus.onClicked.addListener(({ menuItemId, pageUrl }, tab) => {
    if (tab?.id === undefined || !isActionItem(menuItemId)) return;
    unawaited(runActionItem(menuItemId, tab.id, tab.url ?? pageUrl, labelling));
  });

  /** Another browser of the person changed the settings. */
  async function adoptSettings(): Promise<void> {
    if (!(await followers.whileChanging(adoptSyncedSettings))) return;
    await Promise.all([engineSettings.apply(), labelling.applyEverywhere()]);
  }
  onSyncedSettings(() => {
    unawaited(adoptSettings());
  });

  // Access may be given and taken back in the browser's own settings at any time.
  browser.permissions.onAdded.addListener(applyEverywhere);
  browser.permissions.onRemoved.addListener(applyEverywhere);

  browser.tabs.onRemoved.addListener((tabId) => {
    pages.forget(tabId);
  });
}
