/** What a report lists beside the pictures, and that its needs and states are of one mind. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { isSaidDecorative } from '../../../../src/content/alt-text/author-word';
import {
  candidateFacts,
  shownPicture,
  trackedImage,
} from '../../../../src/content/labelling/tracked-image';
import { reportPart } from '../../../../src/content/report/frame-report';
import { listedElement } from '../../../../src/content/report/listed';
import { skipReason } from '../../../../src/core/alt-text/candidate';
import type { FrameImage } from '../../../../src/messages/protocol';
import axeRules from '../../../fixtures/alt-text/axe-rules.html?raw';
import techniques from '../../../fixtures/alt-text/techniques.html?raw';
import { element, pngOf, show } from '../../harness/page';

const PHOTO = pngOf(300, 200, (context) => {
  context.fillRect(0, 0, 200, 100);
});

/** A report of what discovery finds here, with the states that labelling gives it. */
async function report(
  selector = 'img, svg, image, canvas, input[type=image], .picture',
): Promise<FrameImage[]> {
  const source = () => ({
    images: [...document.querySelectorAll(selector)].map((each, place) =>
      trackedImage(`image-${place}`, each),
    ),
    refresh: (image: ReturnType<typeof trackedImage>) => {
      image.picture = shownPicture(image.element);
      image.box = { width: 300, height: 200 };
      if (image.picture !== null)
        image.skip = skipReason(candidateFacts(image.picture, image.box), 48);
    },
    appliedTo: () => null,
  });
  const images: FrameImage[] = [];
  for (let from: number | null = 0; from !== null;) {
    const part = await reportPart({ report: 'one', from }, source);
    images.push(...part.images);
    from = part.next;
  }
  return images;
}

describe('listed for its text alone', () => {
  test.each([
    ['<map name="m"><area href="#" alt="Spain"></map><img usemap="#m" alt="A map">', 'named alt'],
    ['<i role="img" aria-label="Home"></i>', 'named aria-label'],
    ['<span role="foo img">★</span>', 'missing no-name'],
    ['<img alt="A cat">', 'named alt'],
    ['<img>', 'missing no-alt'],
    ['<input type="image">', 'missing no-button-purpose'],
    ['<svg><g role="img" aria-label="A cat"></g></svg>', 'named aria-label'],
    ['<svg><circle r="4"><title>A ball</title></circle></svg>', 'named svg-title'],
    ['<svg><a href="#" aria-label="To the ball"><circle r="4"/></a></svg>', 'named aria-label'],
    ['<svg><g role="img"></g></svg>', 'missing no-name'],
  ])('%s', async (html, expected) => {
    show(html);
    const listed = (await report()).filter(({ reason }) => reason === 'no-picture');
    expect(listed.map(({ need, rule }) => `${String(need)} ${String(rule)}`)).toContain(expected);
    for (const { selector, id } of listed) {
      const found = document.querySelector(selector);
      expect(found).not.toBeNull();
      if (id.startsWith('listed')) expect(listedElement(id)).toBe(found);
    }
  });

  test.each([
    '<map name="m"><area alt="Spain"></map>',
    '<svg role="img" aria-label="A zoo"><g aria-label="A lion"></g></svg>',
    '<span role="none img"></span>',
    '<svg><circle r="4"/></svg>',
  ])('and not: %s', async (html) => {
    show(html);
    expect((await report()).filter(({ id }) => id.startsWith('listed'))).toEqual([]);
  });

  test('a drawing is heard by its parts', async () => {
    show(
      '<svg width="300" height="200"><image href="a.png" aria-label="A cat"/><circle r="4"><title>A ball</title></circle></svg>',
    );
    const [drawing] = await report('svg');
    expect(drawing).toMatchObject({ need: 'named', name: 'A cat A ball' });
  });
});

describe('need and state do not contradict each other', () => {
  /** What is decoration by the author's word is skipped as that, and nothing else is. */
  function contradictions(images: readonly FrameImage[]): string[] {
    return images
      .filter(({ need, rule, state, reason }) => {
        const isSkipped = state === 'skipped' && reason === 'decorative';
        // What is hidden, or no image for listeners, may be one for eyes.
        const isBySight = rule === 'hidden' || rule === 'not-exposed';
        if (isSkipped) return need !== 'decorative';
        return need === 'decorative' && !isBySight && reason !== 'no-picture';
      })
      .map(
        ({ selector, need, rule, reason }) =>
          `${selector} ${String(need)} ${String(rule)} ${String(reason)}`,
      );
  }

  test.each([
    ['techniques', techniques],
    ['axe-rules', axeRules],
  ])('on the fixture page %s', async (_name, html) => {
    const parsed = new DOMParser().parseFromString(html, 'text/html');
    for (const image of parsed.querySelectorAll('img[src]')) image.setAttribute('src', PHOTO);
    show(parsed.body.innerHTML);
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
    const images = await report();
    expect(images.length).toBeGreaterThan(40);
    expect(contradictions(images)).toEqual([]);
  });

  test('whatever words of the author meet', async () => {
    const parts = [
      ['', 'alt=""', 'alt=" "', 'alt="A cat"'],
      [
        '',
        'role="none"',
        'role="presentation img"',
        'role="img"',
        'role="foo none"',
        'role="button"',
        'role="figure"',
      ],
      [
        '',
        'tabindex="0"',
        'aria-live="off"',
        'aria-hidden="true"',
        'aria-hidden="TRUE"',
        'aria-label="A dog"',
        'aria-labelledby="gone"',
        'title="Tip"',
      ],
    ];
    const [alts = [], roles = [], others = []] = parts;
    const around = [
      (image: string) => `<p>${image}</p>`,
      (image: string) => `<a href="#">${image}</a>`,
      (image: string) => `<button>Go ${image}</button>`,
      (image: string) => `<h2>${image}</h2>`,
      (image: string) => `<div aria-hidden="true">${image}</div>`,
    ];
    show(
      around
        .flatMap((within) =>
          alts.flatMap((alt) =>
            roles.flatMap((role) =>
              others.map((other) => within(`<img src="${PHOTO}" ${alt} ${role} ${other}>`)),
            ),
          ),
        )
        .join(''),
    );
    await Promise.all([...document.images].map((image) => image.decode()));
    const images = await report();
    expect(images.length).toBeGreaterThanOrEqual(4 * 7 * 8 * 5);
    expect(contradictions(images)).toEqual([]);
    expect(images.filter(({ reason }) => reason === 'decorative').length).toBeGreaterThan(50);
  });
});

describe('what is around an image changes its word', () => {
  let image: HTMLElement;
  beforeEach(() => {
    show(`<a href="#"><img src="${PHOTO}" role="presentation"></a>`);
    image = element('img');
  });
  afterEach(() => {
    expect(image.isConnected).toBe(true);
  });

  test('at once', () => {
    expect(isSaidDecorative(image)).toBe(false);
    image.after('Home');
    return Promise.resolve().then(() => {
      expect(isSaidDecorative(image)).toBe(true);
      image.tabIndex = 0;
      expect(isSaidDecorative(image)).toBe(false);
    });
  });
});
