/** Does what lies in store/ fit what the stores ask? */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import sharp from 'sharp';

import { type BaseManifest, manifestFor, TARGETS } from '../manifest/targets';
import { type Store, STORES } from '../package/packages';
import { type Listing, readListing } from './listing';
import { privacyPage } from './privacy-page';
import { ICON, MARKS_OF_OTHERS, type PixelSize, type Range, RULES } from './rules';

/** The interface's own words that each listing quotes, so that a reader finds in the extension what was told. */
const QUOTED = ['menu_classify_image', 'popup_open_report'] as const;
const SCHEMES = ['light', 'dark'] as const;
/** The screenshots, in the order in which a listing shows and explains them. */
export const SCREENSHOTS = ['card', 'labels', 'popup', 'report', 'options'] as const;

type Texts = Record<string, { message: string } | undefined>;

/** @param found characters as UTF-16 units where it is of a text: no store counts more */
function within(what: string, found: number, { least, most }: Range): string[] {
  if (found >= least && found <= most) return [];
  return [`${what}: ${found}, not ${least} to ${most}`];
}

function nameProblems(texts: Texts, store: Store): string[] {
  const { name, summary } = RULES[store];
  const [title = '', short = ''] = ['extension_name', 'extension_description'].map(
    (key) => texts[key]?.message,
  );
  return [
    ...within('characters of the name', title.length, name),
    ...within('characters of the short description', short.length, summary),
    ...(MARKS_OF_OTHERS.test(title + short)
      ? ['the name or the short description has another’s mark']
      : []),
    ...(/\p{Extended_Pictographic}/u.test(title) ? ['the name has a pictograph'] : []),
  ];
}

function listingProblems(listing: Listing, texts: Texts, store: Store): string[] {
  const { description, searchTerms } = RULES[store];
  const terms = listing.searchTerms;
  const words = terms.flatMap((term) => term.split(/\s+/));
  const quoted = QUOTED.map((key) => texts[key]?.message ?? key);
  return [
    ...within('characters of the description', listing.description.length, description),
    ...(MARKS_OF_OTHERS.test(listing.description) ? ['the description has another’s mark'] : []),
    ...(/[<>#*_`]|https?:/.test(listing.description) ? ['the description is not plain text'] : []),
    ...(listing.name === texts.extension_name?.message ? [] : ['the title is not the name']),
    ...quoted
      .filter((text) => !listing.description.includes(text))
      .map((text) => `the description does not speak of “${text}”`),
    ...within('captions', listing.captions.length, {
      least: SCREENSHOTS.length,
      most: SCREENSHOTS.length,
    }),
    ...(searchTerms === null
      ? []
      : [
          ...within('search terms', terms.length, searchTerms.count),
          ...within('words of the search terms', words.length, searchTerms.words),
          ...terms.flatMap((term) =>
            within(`characters of “${term}”`, term.length, searchTerms.characters),
          ),
        ]),
  ];
}

/** A picture that lies in the project: its size, and whether it is what stores take. */
async function pictureProblems(path: string, sizes: readonly PixelSize[]): Promise<string[]> {
  if (!existsSync(path)) return ['is missing'];
  const { width, height, format, hasAlpha } = await sharp(path).metadata();
  const wanted = sizes.map((size) => `${size.width}x${size.height}`);
  return [
    ...(wanted.includes(`${width}x${height}`)
      ? []
      : [`has ${width}x${height} px, not ${wanted.join(' or ')}`]),
    ...(hasAlpha ? ['has an alpha channel'] : []),
    ...(format === 'png' || format === 'jpeg' ? [] : [`is ${format}, not PNG or JPEG`]),
  ];
}

/** Where the icon's art lies in its square of 128 px. */
async function iconProblems(folder: string): Promise<string[]> {
  const { width, height, format } = await sharp(join(folder, 'icons/icon-128.png')).metadata();
  const { info } = await sharp(join(folder, 'icons/icon-128.png'))
    .trim({ background: '#0000', threshold: 1 })
    .toBuffer({ resolveWithObject: true });
  const margin = (ICON.sidePx - ICON.artPx) / 2;
  const isRight =
    format === 'png' &&
    [width, height].every((side) => side === ICON.sidePx) &&
    [info.width, info.height].every((side) => side === ICON.artPx) &&
    [info.trimOffsetLeft, info.trimOffsetTop].every((offset) => offset === -margin);
  return isRight ? [] : [`icons/icon-128.png: the art is ${info.width}x${info.height} px`];
}

async function logoProblems(folder: string, { least, most }: Range): Promise<string[]> {
  const path = join(folder, 'store/images/logo.png');
  if (!existsSync(path)) return ['store/images/logo.png is missing'];
  const { width, height } = await sharp(path).metadata();
  return width === height
    ? within('store/images/logo.png, px', width, { least, most })
    : [`store/images/logo.png has ${width}x${height} px: not square`];
}

/** Every permission of every browser has its reason for the stores, and for people; none is explained that is not there. */
function permissionProblems(folder: string): string[] {
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
  const base = JSON.parse(read('manifest.json')) as BaseManifest;
  const asked = [...new Set(TARGETS.flatMap((target) => manifestFor(target, base).permissions))];
  const reasons = [...read('store/permissions.md').matchAll(/^## ([a-z][a-zA-Z.]*)$/gm)];
  const explained = reasons.map(([, name = '']) => name);
  const policy = read('PRIVACY.md');
  const without = (names: readonly string[], others: readonly string[]): string[] =>
    names.filter((name) => !others.includes(name));
  return [
    ...without(asked, explained).map((name) => `store/permissions.md has no ${name}`),
    ...without(explained, asked).map((name) => `store/permissions.md: no one asks for ${name}`),
    ...asked
      .filter((name) => !policy.includes(`\`${name}\``))
      .map((name) => `PRIVACY.md has no ${name}`),
  ];
}

/** Everything in store/, the icon, and names and short descriptions; empty where all fits. @param folder the project's */
export async function storeProblems(folder: string): Promise<string[]> {
  const problems = [...(await iconProblems(folder)), ...permissionProblems(folder)];
  const locales = readdirSync(join(folder, 'src/_locales'));
  for (const store of STORES) {
    const { screenshots, tile, logo } = RULES[store];
    for (const locale of locales) {
      const file = join(folder, 'src/_locales', locale, 'messages.json');
      const texts = JSON.parse(readFileSync(file, 'utf8')) as Texts;
      const found = [
        ...nameProblems(texts, store),
        ...listingProblems(readListing(folder, locale), texts, store),
      ];
      problems.push(...found.map((problem) => `${store}, ${locale}: ${problem}`));
    }
    problems.push(...within(`${store}: screenshots`, SCREENSHOTS.length, screenshots.count));
    if (logo !== null) problems.push(...(await logoProblems(folder, logo)));
    for (const scheme of SCHEMES) {
      const pictures = [
        ...SCREENSHOTS.map((name) => ({ name: `${name}-${scheme}.jpg`, sizes: screenshots.sizes })),
        ...(tile === null ? [] : [{ name: `tile-${scheme}.png`, sizes: [tile] }]),
      ];
      for (const { name, sizes } of pictures) {
        const found = await pictureProblems(join(folder, 'store/images', name), sizes);
        problems.push(...found.map((problem) => `${store}: store/images/${name} ${problem}`));
      }
    }
  }
  const page = join(folder, 'docs/privacy.html');
  const wanted = privacyPage(readFileSync(join(folder, 'PRIVACY.md'), 'utf8'));
  if (!existsSync(page) || readFileSync(page, 'utf8') !== wanted) {
    problems.push('docs/privacy.html is not made from PRIVACY.md as it is: npm run privacy-page');
  }
  return problems;
}
