import { describe, expect, test } from 'vitest';

import { guardAddress, isPrivateHost } from '../../../../src/core/address/address-guard';

const hostOf = (address: string): string => new URL(address).hostname;

describe('isPrivateHost', () => {
  test.each([
    'http://localhost/',
    'http://printer/',
    'http://nas.local/',
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/', // 127.0.0.1 as one number
    'http://0x7f.0.0.1/',
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://172.31.255.255/',
    'http://192.168.0.1/',
    'http://169.254.169.254/', // cloud metadata
    'http://100.64.0.1/',
    'http://0.0.0.0/',
    'http://[::1]/',
    'http://[fd00::1]/',
    'http://[fe80::1]/',
    'http://[::ffff:192.168.0.1]/',
    'http://localhost./',
  ])('%s is private', (address) => {
    expect(isPrivateHost(hostOf(address))).toBe(true);
  });

  test.each([
    'http://example.org/',
    'http://8.8.8.8/',
    'http://172.32.0.1/',
    'http://100.128.0.1/',
    'http://[2606:4700::1111]/',
    'http://[::ffff:8.8.8.8]/',
    'http://localhost.example.org/',
  ])('%s is public', (address) => {
    expect(isPrivateHost(hostOf(address))).toBe(false);
  });
});

describe('guardAddress', () => {
  const page = 'https://example.org/page';

  test('gives the parsed address of a public image', () => {
    expect(guardAddress('https://cdn.example.net/a.png', page).href).toBe(
      'https://cdn.example.net/a.png',
    );
  });

  test.each([
    'file:///etc/passwd',
    'ftp://example.org/a.png',
    'data:image/png;base64,AA',
    'chrome://settings',
    'not an address',
    'https://user:secret@example.org/a.png',
    'http://192.168.0.1/a.png',
  ])('refuses %s', (address) => {
    expect(() => guardAddress(address, page)).toThrow(
      expect.objectContaining({ code: 'address-refused' }),
    );
  });

  test('lets a page on a private address show its own images', () => {
    expect(guardAddress('http://127.0.0.1:8081/a.png', 'http://localhost:8080/').port).toBe('8081');
  });
});
