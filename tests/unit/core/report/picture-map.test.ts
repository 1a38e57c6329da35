import { expect, test } from 'vitest';

import { mapPictures } from '../../../../src/core/report/picture-map';
import { bareImage, CAT, reportImage } from '../../../fixtures/popup/report-image';

type Image = ReturnType<typeof reportImage>;

/** An image of a picture that is told by its first sign, with classes of its own and a text. */
function shown(id: string, picture: string, name: string, changes: Partial<Image> = {}): Image {
  const first = picture.codePointAt(0) ?? 0;
  const predictions = CAT.predictions.map((one, index) => ({ ...one, classIndex: first + index }));
  const prediction = { ...CAT, picture: `${picture.repeat(64)}-400x300`, predictions };
  return reportImage({
    id,
    name,
    prediction,
    address: `https://example.org/${id}.jpg`,
    ...changes,
  });
}

const ids = (groups: readonly (readonly Image[])[]) =>
  groups.map((group) => group.map(({ id }) => id));
const mapped = (...images: Parameters<typeof mapPictures>[0]) => {
  const { otherTexts, otherPictures } = mapPictures(images);
  return { otherTexts: ids(otherTexts), otherPictures: ids(otherPictures) };
};

test('one picture at two addresses with two texts is told, with one text it is not', () => {
  expect(mapped(shown('one', 'a', 'A boat'), shown('other', 'a', 'Our harbour'))).toEqual({
    ...{ otherTexts: [['one', 'other']], otherPictures: [] },
  });
  // Told apart by nothing that is heard.
  expect(mapped(shown('one', 'a', 'A boat'), shown('other', 'a', 'a boat.'))).toEqual({
    ...{ otherTexts: [], otherPictures: [] },
  });
});

test('different pictures with one text are told', () => {
  expect(mapped(shown('one', 'a', 'A boat'), shown('other', 'z', 'A boat'))).toEqual({
    ...{ otherTexts: [], otherPictures: [['one', 'other']] },
  });
});

const unsure = { ...CAT, hint: null, silence: 'unsure' } as const;
test.each<[string, Partial<Image>]>([
  [
    'another size of it: other pixels, the same classes',
    { prediction: { ...CAT, picture: `${'b'.repeat(64)}-40x30` } },
  ],
  [
    'one that the model is not sure of',
    { hint: null, prediction: { ...unsure, picture: `${'z'.repeat(64)}-400x300` } },
  ],
  ['one in a link, whose text says where it leads', { purpose: { control: 'link', target: null } }],
  ['one without a text', { name: '' }],
])('no two pictures are called different beside %s', (_, changes) => {
  const one = reportImage({ id: 'one', name: 'A boat' });
  expect(mapped(one, shown('other', 'z', 'A boat', changes)).otherPictures).toEqual([]);
});

test('what was not looked at is in no list, whatever its address', () => {
  const far = bareImage({ id: 'far', name: 'A boat', state: 'pending' });
  const near = bareImage({ id: 'near', name: 'A ship', state: 'pending' });
  expect(mapped(shown('one', 'a', 'A boat'), far, near)).toEqual({
    otherTexts: [],
    otherPictures: [],
  });
});
