import { browser } from '../platform/browser';

import { CodedError } from '../core/errors';
import { verdicts } from '../core/saying/denied';
import { synsetOf } from '../core/saying/taxonomy';
import { labelledNodes } from '../core/saying/words';
import type { Words } from '../core/saying/voice';
import { nameKey } from '../core/teaching/own-label';
import { MAX_SUGGESTIONS, suggested } from '../core/teaching/suggestions';
import type { Handlers } from '../messages/server';
import type { Services } from './handlers';
import { speakingPlace } from './known-looks';
import type { Window } from './voices';

/** The nodes that may be said, with their names. */
function sayableNames({ labelOf }: Words): { node: number; name: string }[] {
  const { isNeverSaid } = verdicts();
  return labelledNodes().flatMap((node) => {
    const name = isNeverSaid(node) ? undefined : labelOf(node)?.name;
    return name === undefined ? [] : [{ node, name }];
  });
}

/** A page's renderer may ask: by what is written it learns few names at a time. */
function namesFor(written: string, own: readonly string[], words: Words): string[] {
  const classes = sayableNames(words).map(({ name }) => name);
  return [...new Set([...suggested(written, own), ...suggested(written, classes)])].slice(
    0,
    MAX_SUGGESTIONS,
  );
}

/** What a person teaches, and what becomes of it. */
export function ownLabelHandlers(services: Services) {
  const { classifier, followers, looks, ownLabels, settings, spokenWords } = services;

  const followAll = () => followers.follow(null, { privateOnly: false });

  function wordsOf(language: string | null): Promise<{ words: Words }> {
    return settings().then(({ labelLanguage }) => spokenWords.chosen(labelLanguage, language));
  }

  /** The synset that a name is the word of, so that other languages have theirs; null for a name of the person's own. */
  async function synsetOfName(name: string, language: string | null): Promise<string | null> {
    const { words } = await wordsOf(language);
    const key = nameKey(name);
    const node = sayableNames(words).find((each) => nameKey(each.name) === key)?.node;
    return node === undefined ? null : synsetOf(node);
  }

  function refusePrivate({ isPrivate }: Window): void {
    if (isPrivate) throw new CodedError('private-window', 'Nothing is taught in private windows.');
  }

  return {
    async teachLabel({ picture, name, page, ...of }, sender) {
      const place = speakingPlace(sender, { ...of, page, isClick: true });
      refusePrivate(place);
      const look = await looks.lookOf(picture, place);
      if (look === null) throw new CodedError('picture-forgotten', 'It is not known any more.');
      const { keepOwnPictures } = await settings();
      const met = sender.kind === 'content' ? sender.pageAddress : (page ?? '');
      const lesson = await ownLabels.teach({
        ...{ picture, look, name, page: met.slice(0, 2048), thumbnail: null },
        ...{ synset: await synsetOfName(name, of.language ?? null), keepsPicture: keepOwnPictures },
      });
      await followAll();
      return { lesson, saying: await looks.sayAgain(picture, place) };
    },
    async openTeaching(_fields, { isPrivate }) {
      refusePrivate({ isPrivate });
      await browser.action.openPopup();
      return null;
    },
    async forgetLesson({ picture, example, ...of }, sender) {
      const place = speakingPlace(sender, { ...of, isClick: true });
      refusePrivate(place);
      await ownLabels.forgetExamples([example]);
      await followAll();
      return await looks.sayAgain(picture, place);
    },
    async suggestNames({ written, language }) {
      const [own, { words }] = await Promise.all([ownLabels.names(), wordsOf(language ?? null)]);
      return namesFor(written, own, words);
    },
    async getOwnLabels() {
      return await ownLabels.states((await settings()).variant);
    },
    async changeOwnLabel({ id, name, isOn }) {
      await ownLabels.change(id, {
        ...(name === undefined ? {} : { name }),
        ...(isOn === undefined ? {} : { isOn }),
      });
      await followAll();
      return null;
    },
    async forgetOwnLabels({ ids }) {
      const file = await ownLabels.fileOf(ids);
      await ownLabels.forget(ids);
      await followAll();
      return file;
    },
    async forgetOwnExample({ example }) {
      await ownLabels.forgetExamples([example]);
      await followAll();
      return null;
    },
    exportOwnLabels: () => ownLabels.fileOf(null),
    exportLabelModel: ({ none }) => services.exportLabelModel(none),
    async adoptOwnLabels({ file }) {
      const added = await ownLabels.adopt(file);
      await followAll();
      return added;
    },
    async teachFile({ bytes, name }) {
      const { picture, look, thumbnail } = await classifier.lookAtFile(new Uint8Array(bytes));
      const { keepOwnPictures } = await settings();
      const lesson = await ownLabels.teach({
        ...{ picture, look, name, page: '', thumbnail, keepsPicture: keepOwnPictures },
        synset: await synsetOfName(name, null),
      });
      await followAll();
      return lesson;
    },
    async forgetOwnThumbnails() {
      await ownLabels.forgetThumbnails();
      return null;
    },
  } satisfies Partial<Handlers>;
}
