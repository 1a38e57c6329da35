import { flat } from '../../core/alt-text/flat';
import { recordedAddress } from '../../core/address/picture-address';
import type { Purpose } from '../../core/report/page-report';
import { text } from '../../platform/i18n';
import { baseAddressOf, closest, getAttribute, hasAttribute, localNameOf } from '../dom';
import { speakerOf } from './author-word';
import { controlAround } from './controls';
import { nameOf } from './name-of';
import { textsIn } from './surroundings';

/** Scripts may be long. */
const MAX_ACTION_CHARACTERS = 120;

interface Functional {
  control: Element;
  kind: Purpose['control'];
}

/** The link or button whose purpose images stand for: no words are in it. */
function functionalOf(around: ReturnType<typeof controlAround>): Functional | null {
  if (around === null || around.kind === 'other' || textsIn(around.control) !== '') return null;
  return { control: around.control, kind: around.kind };
}

/** An address in full, cut as reports cut them; a script as it is written. */
function resolved(address: string): string {
  const url = URL.parse(address, baseAddressOf(document));
  return recordedAddress(url?.href ?? address);
}

/** What a button does, as far as its attributes tell; scripts that are added elsewhere do not show. */
function actionOf(button: Element): string | null {
  const named = ['commandfor', 'popovertarget', 'aria-controls'].find((name) =>
    hasAttribute(button, name),
  );
  if (named !== undefined) return `#${getAttribute(button, named) ?? ''}`;
  const script = getAttribute(button, 'onclick');
  if (script !== null) return flat(script).slice(0, MAX_ACTION_CHARACTERS);
  const type = getAttribute(button, 'type')?.toLowerCase() ?? 'submit';
  const form = closest(button, 'form');
  const isSending = type === 'image' || (type === 'submit' && localNameOf(button) === 'button');
  if (form === null || !isSending) return null;
  return resolved(getAttribute(button, 'formaction') ?? getAttribute(form, 'action') ?? '');
}

function targetOf({ control, kind }: Functional): string | null {
  if (kind === 'button') return actionOf(control);
  const address = getAttribute(control, 'href') ?? getAttribute(control, 'xlink:href');
  return address === null ? null : resolved(address);
}

/**
 * Tells where the link around an image leads, or what its button does, where images alone stand for that;
 * else null. Of a page that does not change meanwhile: each link is looked through once.
 */
export function createPurposeReader(): (element: Element) => Purpose | null {
  const known = new WeakMap<Element, Purpose | null>();
  return (element) => {
    const around = controlAround(speakerOf(element));
    if (around === null) return null;
    let purpose = known.get(around.control);
    if (purpose === undefined) {
      const functional = functionalOf(around);
      purpose = functional && { control: functional.kind, target: targetOf(functional) };
      known.set(around.control, purpose);
    }
    return purpose;
  };
}

/** The name in an address, as a person might read it out: the end of its path, its host, its recipient. */
function readableTarget(address: string | null): string {
  const url = address === null ? null : URL.parse(address);
  if (url === null) return '';
  if (/^(?:mailto|tel):$/u.test(url.protocol)) return url.pathname;
  if (!/^(?:https?|file):$/u.test(url.protocol)) return '';
  const last = url.pathname.split('/').filter(Boolean).at(-1);
  if (last === undefined) return url.hostname.replace(/^www\./u, '');
  let part = last;
  try {
    part = decodeURIComponent(last);
  } catch {
    // As it is written then.
  }
  return flat(part.replace(/\.[a-z]{2,5}$/iu, '').replace(/[-_+]+/gu, ' '));
}

/** What names a link or button without the image: its own name or tooltip, else its target, else what it is. */
function nameOfControl({ control, kind }: Functional, image: Element): string {
  return (
    (control === image ? '' : nameOf(control).name) ||
    (kind === 'link' ? readableTarget(targetOf({ control, kind })) : '') ||
    text(`card_control_${kind}`)
  );
}

/**
 * What listeners are told of an image: of one that stands for a link or a button, that first, and only then
 * what it may show.
 */
export function heardText(element: Element, hint: string, language: string | undefined): string {
  const image = speakerOf(element);
  const functional = functionalOf(controlAround(image));
  if (functional === null) return hint;
  const [first = ''] = hint;
  const shown = first.toLocaleLowerCase(language) + hint.slice(first.length);
  return `${nameOfControl(functional, image)}, ${shown}`;
}
