import { expect, test } from 'vitest';

import { parsePhotoLabels } from '../../../../scripts/photos/photo-labels';

test('reads the three columns, in any order, among others, with quoted fields', () => {
  const csv =
    'synset,label,file,class_index\r\nn02510455,"giant panda, ""panda""",a.png,388\r\n\r\nn01440764,,b.png,0\n';
  expect(parsePhotoLabels(csv)).toEqual([
    { file: 'a.png', classIndex: 388, synset: 'n02510455' },
    { file: 'b.png', classIndex: 0, synset: 'n01440764' },
  ]);
});

test.each([
  ['a missing column', 'file,synset\na.png,n02510455'],
  ['a class index beyond the classes', 'file,class_index,synset\na.png,1000,n02510455'],
  ['an empty class index', 'file,class_index,synset\na.png,,n02510455'],
  ['a synset that is none', 'file,class_index,synset\na.png,1,panda'],
  ['no file', 'file,class_index,synset\n,1,n02510455'],
])('%s is an error', (_what, csv) => {
  expect(() => parsePhotoLabels(csv)).toThrow(
    expect.objectContaining({ code: 'labels-invalid' }) as Error,
  );
});
