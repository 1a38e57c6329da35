import { webOrigin } from '../core/address/match-pattern';
import type { OwnAnswer } from '../core/own-models/own-answer';
import type { Handlers, Sender } from '../messages/server';
import type { Services } from './handlers';

/** The site that a person sees in the address bar, as far as it may be known. */
function siteOf(sender: Sender): string | null {
  if (sender.kind === 'extension-page') return null;
  return webOrigin(sender.tabAddress ?? sender.pageAddress);
}

/** What models of the person's own say of a picture whose pixels are at hand. */
export function ownAnswers(
  { ownModels, places }: Pick<Services, 'ownModels' | 'places'>,
  picture: string,
  sender: Sender,
): Promise<OwnAnswer[]> {
  const documentId = sender.kind === 'extension-page' ? null : sender.documentId;
  const raster = places.rasterOf(picture, documentId);
  return raster === null ? Promise.resolve([]) : ownModels.answers(picture, raster, siteOf(sender));
}

/** Models that a person brings, and what becomes of them. */
export function ownModelHandlers(services: Services) {
  const { labelling, ownModels } = services;

  /** Open pages follow, as they do with other settings. */
  async function follow(sites: ReadonlySet<string>): Promise<null> {
    if (sites.size > 0) await labelling.askAnew(sites);
    return null;
  }

  return {
    askOwnModels: ({ picture }, sender) => ownAnswers(services, picture, sender),
    getOwnModels: ownModels.states,
    addOwnModel: ({ files, range }) => ownModels.add(files, range),
    async changeOwnModel({ id, name, isOn, sites, isInstead }) {
      const concerned = await ownModels.change(id, {
        ...(name === undefined ? {} : { name }),
        ...(isOn === undefined ? {} : { isOn }),
        ...(sites === undefined ? {} : { sites }),
        ...(isInstead === undefined ? {} : { isInstead }),
      });
      return await follow(concerned);
    },
    async setOwnModelDeleted({ id, isDeleted }) {
      return await follow(await ownModels.setDeleted(id, isDeleted));
    },
  } satisfies Partial<Handlers>;
}
