import { expect, test, vi } from 'vitest';

interface Created {
  id: string;
  contexts: string[];
}
const created: Created[] = [];

vi.mock('webextension-polyfill', () => import('../support/fake-browser'));
vi.mock('../../../src/platform/menus', () => ({
  menus: {
    removeAll: () => Promise.resolve(),
    create: (item: Created) => created.push(item),
  },
}));

const { createMenus } = await import('../../../src/background/menus');

test('whatever is under the pointer, one item is ours', async () => {
  await createMenus();
  const pointed = [['image'], ['image', 'link'], ['image', 'link', 'frame'], ['page'], ['video']];
  for (const contexts of pointed) {
    const ours = created.filter((item) => item.contexts.some((each) => contexts.includes(each)));
    expect(ours.map(({ id }) => id)).toEqual(['classify-image']);
  }
  for (const context of ['editable', 'selection', 'audio']) {
    expect(created.filter(({ contexts }) => contexts.includes(context))).toEqual([]);
  }
});
