/**
 * The campaign against the built extension: rooms, one a kind of harm, each of which gives figures. All of
 * it is seeded, on loopback, and harmless to the browser.
 */
import { seededRandom, type Random } from '../calibration/drawings/random';
import { openExtensionSession, type ExtensionSession } from '../drive/extension-session';
import { ALL_HOSTS } from '../drive/labelling-progress';
import { startSite, type Site } from '../drive/serve';
import { startEgress, type Egress } from './egress';
import { brokenPictures } from './rooms/broken-pictures';
import { growth } from './rooms/growth';
import { hostilePage } from './rooms/hostile-page';
import { layouts } from './rooms/layouts';
import { permissions } from './rooms/permissions';
import { stops } from './rooms/stops';

/** One line of the table. */
export interface Figure {
  what: string;
  value: number;
  /** The most, or with `least` the least, that is right; null where the figure only informs. */
  limit: number | null;
  least?: boolean;
}

export interface Torture {
  session: ExtensionSession;
  site: Site;
  egress: Egress;
  random: Random;
  /** Seconds instead of minutes, for the tests: less of everything, and no figure of time is judged. */
  isShort: boolean;
}

export type Room = (torture: Torture) => Promise<Figure[]>;

export const ROOMS = {
  'broken-pictures': brokenPictures,
  stops,
  'hostile-page': hostilePage,
  permissions,
  layouts,
  growth,
} satisfies Record<string, Room>;
export type RoomName = keyof typeof ROOMS;

export interface CampaignOptions {
  extensionDir: string;
  seed: number;
  isShort: boolean;
  rooms: readonly RoomName[];
  onFigures: (room: string, figures: readonly Figure[]) => void;
}

export function isRight({ value, limit, least = false }: Figure): boolean {
  if (limit === null) return true;
  return least ? value >= limit : value <= limit;
}

/**
 * Runs the rooms one after the other, in one browser behind one proxy.
 * @returns all their figures, and those of the network
 */
export async function runCampaign(options: CampaignOptions): Promise<Figure[]> {
  const { extensionDir, seed, isShort, rooms, onFigures } = options;
  const figures: Figure[] = [];
  const note = (room: string, found: readonly Figure[]) => {
    figures.push(...found);
    onFigures(room, found);
  };
  const site = await startSite();
  const egress = await startEgress(site.port);
  try {
    const session = await openExtensionSession({
      extensionDir,
      hostPermissions: ALL_HOSTS,
      args: [`--proxy-server=http://127.0.0.1:${egress.port}`],
    });
    try {
      for (const room of rooms) {
        const random = seededRandom(seed);
        note(room, await ROOMS[room]({ session, site, egress, random, isShort }));
      }
    } finally {
      await session.close();
    }
    note('network', [
      { what: 'requests that passed the proxy', value: egress.passed().length, limit: null },
      { what: 'requests that nobody can account for', value: egress.unknown().length, limit: 0 },
    ]);
    for (const address of egress.unknown()) process.stderr.write(`unknown: ${address}\n`);
  } finally {
    await egress.close();
    await site.close();
  }
  return figures;
}
