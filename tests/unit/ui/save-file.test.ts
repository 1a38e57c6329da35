import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { saveFile } from '../../../src/ui/save-file';

const clicks: string[] = [];
const link = {
  href: '',
  download: '',
  click: () => clicks.push(`${link.download} ${link.href}`),
};

beforeEach(() => {
  vi.useFakeTimers();
  clicks.length = 0;
  vi.stubGlobal('document', { createElement: () => link });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('the file has its name, type and text', async () => {
  const blobs: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    blobs.push(blob as Blob);
    return 'blob:one';
  });
  saveFile('sites.json', 'application/json', '{}');
  expect(clicks).toEqual(['sites.json blob:one']);
  expect(blobs.map(({ type }) => type)).toEqual(['application/json']);
  expect(await blobs[0]?.text()).toBe('{}');
});

test('the address holds while the browser reads the file, and is given back after that', () => {
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:two');
  const revoke = vi.spyOn(URL, 'revokeObjectURL');
  saveFile('report.csv', 'text/csv', 'a');
  vi.advanceTimersByTime(30_000);
  expect(revoke).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  expect(revoke.mock.calls).toEqual([['blob:two']]);
});
