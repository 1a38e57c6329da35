/** What each browser's manifest has beside the base, `manifest.json`. Pure: of the base alone. */

/** The browsers that a build is made for: Chrome, Edge and their relatives; Firefox. */
export const TARGETS = ['chromium', 'firefox'] as const;
export type Target = (typeof TARGETS)[number];

/** Messages by structured clone: https://developer.chrome.com/release-notes/148. */
export const MINIMUM_CHROMIUM_MAJOR = 148;
/** `documentId` of frames and senders; `resizeQuality` is there from 149 on. */
export const MINIMUM_FIREFOX_MAJOR = 153;
/** Names the extension to Firefox, for good: what is stored belongs to this name. */
export const FIREFOX_ID = 'alt-lens@alt-lens';

/** The one script of the background, from the extension's root; scripts/build/extension-files.ts writes it. */
export const BACKGROUND_SCRIPT = 'service-worker.js';

/** As much of a manifest as differs from target to target. */
export interface BaseManifest {
  permissions: readonly string[];
  commands: Readonly<Record<string, { description: string }>>;
}

/** A command, with its keys where any are suggested. */
interface Command {
  suggested_key?: { default: string };
  description: string;
}

interface Differences {
  /** Fields that the base does not have. */
  fields: Readonly<Record<string, unknown>>;
  permissions: readonly string[];
  /** The keys that are suggested for each command; null: none, a person may set some. */
  keys: Readonly<Record<string, string | null>>;
}

const DIFFERENCES: Record<Target, Differences> = {
  chromium: {
    fields: {
      minimum_chrome_version: String(MINIMUM_CHROMIUM_MAJOR),
      // Firefox always clones.
      message_serialization: 'structured_clone',
      background: { service_worker: BACKGROUND_SCRIPT },
    },
    permissions: ['contextMenus', 'offscreen'],
    keys: {
      'describe-image': 'Alt+Shift+D',
      'speak-image': 'Alt+Shift+S',
      'toggle-labels': 'Alt+Shift+L',
      // Chromium 156 gives N, P and X to nobody, without a word.
      'next-image': 'Alt+Shift+J',
      // Four are suggested at most, or the extension does not load.
      'previous-image': null,
    },
  },
  firefox: {
    fields: {
      background: { scripts: [BACKGROUND_SCRIPT] },
      browser_specific_settings: {
        gecko: {
          id: FIREFOX_ID,
          strict_min_version: `${MINIMUM_FIREFOX_MAJOR}.0`,
          data_collection_permissions: { required: ['none'] },
        },
      },
    },
    permissions: ['menus'],
    // A page's `accesskey` is pressed with Alt and Shift there, and comes first.
    keys: {
      'describe-image': 'Ctrl+Shift+F8',
      'speak-image': 'Ctrl+Shift+F9',
      'toggle-labels': 'Ctrl+Shift+F7',
      'next-image': 'Ctrl+Shift+F10',
      'previous-image': 'Ctrl+Shift+F6',
    },
  },
};

/** The keys that a target suggests for a command, as its manifest writes them; null for none. */
export function suggestedKeys(target: Target, command: string): string | null {
  return DIFFERENCES[target].keys[command] ?? null;
}

/** The permissions of a target: the base's and its own, sorted. */
function permissionsOf(base: BaseManifest, target: Target): string[] {
  return [...base.permissions, ...DIFFERENCES[target].permissions].sort();
}

/**
 * The manifest of one target.
 * @throws Error where the target suggests no keys for one of the base's commands, or keys for none of them
 */
export function manifestFor<Base extends BaseManifest>(
  target: Target,
  base: Base,
): Omit<Base, 'commands' | 'permissions'> & {
  commands: Record<string, Command>;
  permissions: string[];
} {
  const { fields, keys } = DIFFERENCES[target];
  const unknown = Object.keys(keys).filter((command) => !Object.hasOwn(base.commands, command));
  if (unknown.length > 0) throw new Error(`manifest.json has no command ${unknown.join(', ')}.`);
  const commands = Object.fromEntries(
    Object.entries(base.commands).map(([command, { description }]) => {
      const key = keys[command];
      if (key === undefined) throw new Error(`${target} has no keys for ${command}.`);
      const keysOfIt = key === null ? {} : { suggested_key: { default: key } };
      return [command, { ...keysOfIt, description }];
    }),
  );
  return { ...base, ...fields, commands, permissions: permissionsOf(base, target) };
}

/** Where the build of a target lies, beside that of Chromium. */
export function folderOf(target: Target, chromiumFolder: string): string {
  return target === 'chromium' ? chromiumFolder : `${chromiumFolder}-${target}`;
}
