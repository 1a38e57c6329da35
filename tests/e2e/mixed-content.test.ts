/** A page over https with pictures by http: what the browser shows is labelled, the rest has a code, and nothing else is asked for. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { createTemporaryFolder } from '../../scripts/node/temporary-folder';
import { openSession, openSite, type ExtensionSession, type Site } from './harness';
import { ALL_HOSTS, photoResources, tabIdOf, untilProgress } from './support/labelled-pages';

let session: ExtensionSession;
let insecure: Site;
let secure: Server;
let port: number;
const asked: string[] = [];
const folder = createTemporaryFolder('alt-lens-certificate-');

/** A certificate of our own, for a day; the browser is told to take it. */
function certificate(): { key: Buffer; cert: Buffer } {
  const [key, cert] = [join(folder.path, 'key.pem'), join(folder.path, 'cert.pem')];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-days', '1', '-subj', '/CN=localhost', '-keyout', key, '-out', cert],
    ],
    { stdio: 'ignore' },
  );
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

beforeAll(async () => {
  const resources = await photoResources(3);
  insecure = await openSite({ resources });
  const photo = resources['/photos/0.jpg']?.body ?? '';
  secure = createServer(certificate(), ({ url = '' }, response) => {
    asked.push(url);
    if (url.endsWith('.jpg')) {
      response.writeHead(200, { 'content-type': 'image/jpeg' }).end(photo);
      return;
    }
    // What is asked of another host goes by https, if the browser can; this computer is trusted.
    const image = (id: string, address: string) =>
      `<img id="${id}" width="200" height="150" style="display:block" alt="One" src="${address}">`;
    const body = [
      image('own', '/own.jpg'),
      image('upgraded', `http://pictures.test:${port}/upgraded.jpg`),
      image('nowhere', `http://pictures.test:${insecure.port}/photos/1.jpg`),
      image('local', `http://127.0.0.1:${insecure.port}/photos/2.jpg`),
    ].join('');
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(`<!doctype html><title>Mixed</title><link rel="icon" href="data:,">${body}`);
  });
  await new Promise<void>((done) => secure.listen(0, '127.0.0.1', done));
  const address = secure.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  port = address.port;
  session = await openSession({
    hostPermissions: ALL_HOSTS,
    args: ['--ignore-certificate-errors', '--host-resolver-rules=MAP *.test 127.0.0.1'],
  });
});

afterAll(() => {
  secure.closeAllConnections();
  secure.close();
  folder.remove();
});

test('as far as the browser shows them', async () => {
  const page = await session.openPage(`https://127.0.0.1:${port}/`);
  const shown = await page.$$eval('img', (images) =>
    Promise.all(
      images.map(async (image) => {
        await image.decode().catch(() => undefined);
        return [image.id, image.naturalWidth > 0] as const;
      }),
    ),
  );
  const before = asked.length + insecure.requests.length;
  const tabId = await tabIdOf(session, page);
  await session.ask('labelPage', { tabId });
  await untilProgress(session, tabId, ({ found, pending }) => found === 4 && pending === 0);
  const { images } = await session.ask('getPageReport', { tabId });
  const ends = images.map(({ selector, state, reason }) => ({ selector, state, reason }));
  expect(Object.fromEntries(shown)).toEqual({
    ...{ own: true, upgraded: true, nowhere: false, local: true },
  });
  for (const [id, isShown] of shown) {
    const end = ends.find(({ selector }) => selector === `#${id}`);
    if (isShown) expect(end).toMatchObject({ state: 'labelled' });
    else {
      expect(end?.state).toBe('failed');
      expect(end?.reason).toMatch(/^image-/);
    }
  }
  // At most once more for each picture of another site that the page shows.
  const others = shown.filter(([id, isShown]) => isShown && id !== 'own').length;
  const after = asked.length + insecure.requests.length;
  expect(after - before).toBeLessThanOrEqual(2 * others);
  expect(insecure.requests.map(({ path }) => path)).not.toContain('/photos/1.jpg');
  await page.close();
});
