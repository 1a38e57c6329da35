import { beforeEach, expect, test, vi } from 'vitest';

import { fake, permissions } from '../support/fake-browser';

const askWorker = vi.hoisted(() => vi.fn());
vi.mock('webextension-polyfill', () => import('../support/fake-browser'));
vi.mock('../../../src/messages/client', () => ({ askWorker }));

const { fetchFromAddress, typedAddress } = await import('../../../src/popup/fetch-address');
const { CodedError } = await import('../../../src/core/errors');

const ADDRESS = 'https://images.example.org:8443/cat.jpg';
const ACCESS = { origins: ['https://images.example.org/*'] };

beforeEach(() => {
  vi.resetAllMocks();
  fake.reset();
  askWorker.mockResolvedValue(new Uint8Array([1, 2, 3]).buffer);
});

test('an address without a scheme is one of the web', () => {
  expect(typedAddress(' example.org/cat.jpg ')).toBe('https://example.org/cat.jpg');
  expect(typedAddress('http://example.org/')).toBe('http://example.org/');
  expect(typedAddress('data:image/png;base64,AA')).toBe('data:image/png;base64,AA');
});

test('access is asked for in the same turn, used, and handed back', async () => {
  const fetching = fetchFromAddress(ADDRESS);
  expect(permissions.request).toHaveBeenCalledExactlyOnceWith(ACCESS);
  expect((await fetching).size).toBe(3);
  expect(askWorker).toHaveBeenCalledExactlyOnceWith('fetchFile', { address: ADDRESS });
  expect(permissions.remove).toHaveBeenCalledExactlyOnceWith(ACCESS);
});

test('access that was held before stays', async () => {
  fake.granted.add('https://images.example.org/*');
  await fetchFromAddress(ADDRESS);
  expect(permissions.remove).not.toHaveBeenCalled();
});

test('a failed fetch hands the access back, too, and keeps its code', async () => {
  askWorker.mockRejectedValue(new CodedError('http-status', '404'));
  await expect(fetchFromAddress(ADDRESS)).rejects.toMatchObject({ code: 'http-status' });
  expect(permissions.remove).toHaveBeenCalledExactlyOnceWith(ACCESS);
});

test('a no, and an address that is none of the web, fetch nothing', async () => {
  permissions.request.mockResolvedValue(false);
  await expect(fetchFromAddress(ADDRESS)).rejects.toMatchObject({
    code: 'host-permission-missing',
  });
  permissions.request.mockClear();
  await expect(fetchFromAddress('data:image/png;base64,AA')).rejects.toMatchObject({
    code: 'address-refused',
  });
  expect(permissions.request).not.toHaveBeenCalled();
  expect(askWorker).not.toHaveBeenCalled();
});
