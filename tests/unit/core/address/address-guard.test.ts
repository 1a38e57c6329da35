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
    'http://localhost../',
    'http://0177.0.0.1/',
    'http://0x7f000001/',
    'http://①②⑦.0.0.1/', // numbers in circles
    'http://127。0。0。1/', // ideographic full stops
    'http://127%2e0.0.1/',
    'http://127.0.0.1./',
    'http://198.18.0.1/',
    'http://192.0.2.1/',
    'http://239.255.255.250/',
    'http://255.255.255.255/',
    'http://[::]/',
    'http://[::127.0.0.1]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[::ffff:0:10.0.0.1]/',
    'http://[64:ff9b::127.0.0.1]/',
    'http://[64:ff9b:1::8.8.8.8]/',
    'http://[2002:c0a8:1::1]/', // 6to4 of 192.168.0.1
    'http://[2001:0:53aa:64c::1]/', // Teredo
    'http://[2606:4700::5efe:192.168.0.1]/', // ISATAP
    'http://[fe90::1]/',
    'http://[febf::1]/',
    'http://[fec0::1]/',
    'http://[fc12::1]/',
    'http://[ff02::1]/',
    'http://[100::1]/',
    'http://[2001:db8::1]/',
    'http://a.localhost/',
    'http://printer.local./',
    'http://metadata.google.internal/',
    'http://router.home.arpa/',
    'http://fritz.box/',
    'http://LOCALHOST/',
    'http://ⓛocalhost/',
    'http://127.0.0.1.nip.io/',
    'http://app.7f000001.nip.io/',
    'http://--1.sslip.io/',
    'http://localtest.me/',
    'http://a.lvh.me/',
    'http://192-168-0-1.abc.plex.direct/',
    'http://www.10.0.0.1.example.org/',
    'http://ip-172-16-3-4.example.org/',
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
    'http://192.0.1.1/',
    'http://198.20.0.1/',
    'http://[2001:4860:4860::8888]/',
    'http://[64:ff9b::8.8.8.8]/',
    'http://[2002:808:808::1]/',
    'http://v1-0-0-2.example.org/',
    'http://img-8-8-8-8.example.org/',
    'http://cdn-172-15-0-1.example.org/',
    'http://2026-11-28-10.example.org/',
    'http://nip.io.example.org/',
    'http://local.example.org/',
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

  test('asks by https for what a page that came by https shows', () => {
    expect(guardAddress('http://cdn.example.net:81/a.png', page).href).toBe(
      'https://cdn.example.net:81/a.png',
    );
    const plain = 'http://cdn.example.net/a.png';
    expect(guardAddress(plain, 'http://example.org/').href).toBe(plain);
    expect(guardAddress('http://127.0.0.1/a.png', 'https://localhost/').protocol).toBe('http:');
  });

  test.each(['data:text/html,page', 'about:srcdoc', 'file:///home/page.html'])(
    'is closed to a page that is nowhere: %s',
    (nowhere) => {
      expect(() => guardAddress('http://192.168.0.1/a.png', nowhere)).toThrow(
        expect.objectContaining({ code: 'address-refused' }),
      );
    },
  );

  test('lets a page on a private address show its own images', () => {
    expect(guardAddress('http://127.0.0.1:8081/a.png', 'http://localhost:8080/').port).toBe('8081');
  });
});
