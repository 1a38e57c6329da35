import { expect, test } from 'vitest';

import { DENIED, verdicts } from '../../../../src/core/saying/denied';
import { CLASS_COUNT } from '../../../../src/core/saying/prediction';
import { isAtOrBelow, nodeOf } from '../../../../src/core/saying/taxonomy';

const [BIKINI, GORILLA, RIFLE, GROOM, TABBY] = [445, 366, 764, 982, 281];
const DOMESTIC_CAT = nodeOf('n02121808') ?? -1;

test('every entry is a node above or at some class', () => {
  expect(DENIED.length).toBeGreaterThan(20);
  for (const { synset } of DENIED) {
    const node = nodeOf(synset);
    expect(node, synset).toBeDefined();
    const classes = Array.from({ length: CLASS_COUNT }, (_, classIndex) => classIndex);
    expect(classes.some((classIndex) => isAtOrBelow(classIndex, node ?? -1))).toBe(true);
  }
});

test('denies what hurts and nothing else', () => {
  const { isDenied } = verdicts();
  expect([BIKINI, GORILLA, RIFLE, GROOM].every(isDenied)).toBe(true);
  expect(isDenied(TABBY)).toBe(false);
});

test('an ancestor may stand in for clothing, not for an insult or a weapon', () => {
  const { silencesAncestors } = verdicts();
  expect(silencesAncestors(BIKINI)).toBe(false);
  expect(silencesAncestors(GORILLA)).toBe(true);
  expect(silencesAncestors(RIFLE)).toBe(true);
  expect(silencesAncestors(TABBY)).toBe(false);
});

test("a person's own lists come on top: deny over allow, allow over the built-in list", () => {
  const allowed = verdicts({ allow: ['n02484322', 'n02470325'] }); // monkeys, apes
  expect(allowed.isDenied(GORILLA)).toBe(false);
  expect(allowed.isDenied(RIFLE)).toBe(true);

  const denied = verdicts({ deny: ['n02121808'] }); // domestic cats
  expect(denied.isDenied(TABBY)).toBe(true);
  expect(denied.isNeverSaid(DOMESTIC_CAT)).toBe(true);
  expect(denied.silencesAncestors(TABBY)).toBe(false);

  const both = verdicts({ allow: ['n02480855'], deny: ['n02480855'] }); // gorilla
  expect(both.isDenied(GORILLA)).toBe(true);
});

test('an unknown synset in a list changes nothing', () => {
  const { isDenied } = verdicts({ allow: ['n99999999'], deny: ['nonsense'] });
  expect(isDenied(TABBY)).toBe(false);
  expect(isDenied(GORILLA)).toBe(true);
});
