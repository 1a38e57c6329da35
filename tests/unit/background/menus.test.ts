import { expect, test, vi } from 'vitest';

interface Created {
  id: string;
  contexts: string[];
  documentUrlPatterns?: string[];
}
const created: Created[] = [];

vi.mock('webextension-polyfill', () => import('../support/fake-browser'));
vi.mock('../../../src/platform/menus', async (original) => ({
  ...(await original<object>()),
  menus: {
    removeAll: () => Promise.resolve(),
    create: (item: Created) => created.push(item),
  },
}));

const { createMenus } = await import('../../../src/background/menus');

test('photos of the welcome page have an item of their own, pages of the web another', async () => {
  await createMenus();
  const patternsOf = (item: string) => created.find(({ id }) => id === item)?.documentUrlPatterns;
  expect(patternsOf('classify-example')).toEqual([
    expect.stringMatching(/^\w+-extension:.*welcome\/index\.html\*$/),
  ]);
  expect(patternsOf('classify-image')).toEqual(['http://*/*', 'https://*/*', 'file:///*']);
});

test('whatever is under the pointer, one item is ours', async () => {
  created.length = 0;
  await createMenus();
  const pointed = [['image'], ['image', 'link'], ['image', 'link', 'frame'], ['page'], ['video']];
  for (const contexts of pointed) {
    const ours = created.filter(
      ({ id, ...item }) =>
        id !== 'classify-example' && item.contexts.some((each) => contexts.includes(each)),
    );
    expect(ours.map(({ id }) => id)).toEqual(['classify-image']);
  }
  for (const context of ['editable', 'selection', 'audio']) {
    expect(created.filter(({ contexts }) => contexts.includes(context))).toEqual([]);
  }
});
