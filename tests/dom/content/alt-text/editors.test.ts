/** Documents that a person edits: no text of ours is ever written into one, or stays in what becomes one. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import {
  createAltWriter,
  type AltText,
  type AltWriter,
} from '../../../../src/content/alt-text/alt-writer';
import { setExtensionAlive } from '../../harness/fake-extension';
import { closedRoot, element, show, until } from '../../harness/page';

const CAT: AltText = {
  ...{ text: 'Possibly a cat', mark: 'n02123045 0.93', language: 'en', mode: 'any-weak' },
};

let controller: AbortController;
let writer: AltWriter;
beforeEach(() => {
  document.documentElement.lang = 'en';
  controller = new AbortController();
  writer = createAltWriter({ signal: controller.signal });
});
afterEach(() => {
  controller.abort();
  document.designMode = 'off';
  document.documentElement.removeAttribute('contenteditable');
  document.body.removeAttribute('contenteditable');
  expect(document.querySelector('[data-alt-lens-host]')).toBeNull();
});

describe('an image in an editor gets no text', () => {
  test.each([
    '<div contenteditable=""><img id="x"></div>',
    '<div contenteditable="TRUE"><p><b><img id="x"></b></p></div>',
    '<div contenteditable="plaintext-only"><img id="x"></div>',
    '<img id="x" contenteditable="">',
    '<div contenteditable=""><figure contenteditable="false"><img id="x"></figure></div>',
    '<div contenteditable=""><figure contenteditable="false"><svg id="x" role="img"></svg></figure></div>',
    '<div role="textbox" aria-multiline="true"><img id="x"></div>',
    '<div style="-webkit-user-modify: read-write"><img id="x"></div>',
    '<form contenteditable=""><input name="contentEditable"><img id="x"></form>',
  ])('%s', (html) => {
    show(html);
    expect(writer.apply(element('#x'), CAT)).toBe(false);
    expect(document.body.innerHTML).toBe(html);
  });

  test('nor one in design mode, also where nothing may be typed', () => {
    document.designMode = 'on';
    const html = '<img id="x"><p contenteditable="false"><img id="y"></p>';
    show(html);
    expect(writer.apply(element('#x'), CAT)).toBe(false);
    expect(writer.apply(element('#y'), CAT)).toBe(false);
    expect(document.body.innerHTML).toBe(html);
  });

  test('nor one in an editor of the page’s own', () => {
    show('<div><img id="x"></div>');
    const context = new (globalThis as unknown as { EditContext: new () => object }).EditContext();
    Object.assign(element('div'), { editContext: context });
    expect(writer.apply(element('#x'), CAT)).toBe(false);
  });

  test('nor one inside a shadow root, in a slot of one, or in a root within an editor', () => {
    show('<x-a></x-a><x-b><img id="slotted"></x-b><div contenteditable=""><x-c></x-c></div>');
    const a = closedRoot(element('x-a'), '<div contenteditable=""><img id="x"></div>');
    closedRoot(element('x-b'), '<div contenteditable=""><p><slot></slot></p></div>');
    const c = closedRoot(element('x-c'), '<img id="x">');
    expect(writer.apply(element('#x', a), CAT)).toBe(false);
    expect(writer.apply(element('#slotted'), CAT)).toBe(false);
    expect(writer.apply(element('#x', c), CAT)).toBe(false);
  });

  test.each([
    '<div contenteditable="false"><img id="x"></div>',
    '<div contenteditable="inherit"><img id="x"></div>',
    '<div contenteditable=""></div><img id="x">',
  ])('but one that is in none gets it: %s', (html) => {
    show(html);
    expect(writer.apply(element('#x'), CAT)).toBe(true);
  });
});

describe('what becomes a person’s document has our text no longer', () => {
  const html = '<main><p><img id="x"></p></main><img id="y">';
  beforeEach(() => {
    show(html);
    writer.apply(element('#x'), CAT);
    writer.apply(element('#y'), CAT);
  });
  const isClean = (id: string) => !element(id).hasAttribute('alt');
  const bare = (kept: string) => kept.replaceAll(/ (?:alt|data-alt-lens)="[^"]*"/g, '');

  test('with an attribute around it, at once; what is outside keeps its own', async () => {
    element('main').contentEditable = 'plaintext-only';
    await Promise.resolve();
    expect(element('main').innerHTML).toBe('<p><img id="x"></p>');
    expect(isClean('#y')).toBe(false);
    element('main').removeAttribute('contenteditable');
    expect(writer.apply(element('#x'), CAT)).toBe(true);
  });

  test('with a role around it', async () => {
    element('p').role = 'textbox';
    await Promise.resolve();
    expect([isClean('#x'), isClean('#y')]).toEqual([true, false]);
  });

  test('with the page as a whole', async () => {
    document.body.contentEditable = 'true';
    await Promise.resolve();
    expect(document.body.innerHTML).toBe(html);
  });

  test('by design mode, which no event tells', async () => {
    document.designMode = 'on';
    await until('the texts are gone', () => isClean('#x') && isClean('#y'));
    expect(document.body.innerHTML).toBe(html);
  });

  test('by design mode, before the first word is typed', () => {
    document.designMode = 'on';
    document.body.dispatchEvent(new InputEvent('beforeinput', { bubbles: true }));
    expect(document.body.innerHTML).toBe(html);
  });

  test('by a move into an editor, by a copy made there, by a part of the page quoted there', async () => {
    document.body.insertAdjacentHTML('beforeend', '<div contenteditable=""><p></p></div>');
    const editor = element('[contenteditable]');
    editor.append(element('#y').cloneNode());
    element('p', editor).innerHTML = element('main p').innerHTML;
    editor.append(element('#y'));
    await Promise.resolve();
    expect(editor.innerHTML).toBe('<p><img id="x"></p><img id="y"><img id="y">');
    expect(isClean('main img')).toBe(false);
  });

  test('by an editor around the host of a shadow root', async () => {
    const root = closedRoot(element('p'), '<img id="z">');
    writer.apply(element('#z', root), CAT);
    expect(root.innerHTML).not.toBe('<img id="z">');
    element('main').setAttribute('contenteditable', '');
    await Promise.resolve();
    expect(root.innerHTML).toBe('<img id="z">');
  });

  test('by copying: the clipboard is without it, the page has it again', async () => {
    const clean: boolean[] = [];
    const note = () => clean.push(isClean('#x'), isClean('#y'));
    document.addEventListener('copy', note, { once: true });
    element('p').dispatchEvent(new ClipboardEvent('copy', { bubbles: true }));
    note();
    expect(clean).toEqual([true, true, true, true]);
    await until('the texts are back', () => !isClean('#x') && !isClean('#y'));
    writer.revertAll();
    expect(bare(document.body.innerHTML)).toBe(document.body.innerHTML);
  });

  test('by the end of the extension: the newer one takes our host away', async () => {
    setExtensionAlive(false);
    element('[data-alt-lens-host=texts]').remove();
    await until('the texts are gone', () => document.body.innerHTML === html);
  });
});

describe('an attribute of the page that is named as our mark', () => {
  test('is left as it is, with a text of ours and without', async () => {
    const html =
      '<img id="x" data-alt-lens="n02123045 0.93"><img id="y" data-alt-lens="mine" alt="">';
    show(html);
    expect(writer.apply(element('#x'), { ...CAT, mark: 'n02084071 0.70' })).toBe(true);
    expect(writer.apply(element('#y'), CAT)).toBe(false);
    expect(element('#x').getAttribute('data-alt-lens')).toBe('n02123045 0.93');
    expect(element('#x').getAttribute('alt')).toBe('Possibly a cat');
    document.body.append(element('#x').cloneNode());
    element('#y').dataset.altLens = 'edited';
    await Promise.resolve();
    controller.abort();
    expect(document.body.innerHTML).toBe(
      '<img id="x" data-alt-lens="n02123045 0.93"><img id="y" data-alt-lens="edited" alt=""><img id="x" data-alt-lens="n02123045 0.93">',
    );
  });

  test('says nothing: the image needs a text as any other does', () => {
    show('<img id="x" alt="IMG_1234.jpg" data-alt-lens="edited">');
    expect(writer.textOf(element('#x'))).toBeNull();
    expect(writer.apply(element('#x'), CAT)).toBe(true);
  });
});
