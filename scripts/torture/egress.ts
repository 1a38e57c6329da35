/** Everything that leaves the browser passes here, and somebody must have asked for it. */
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';

export const PAGE_HOST = 'http://page.example';
export const OTHER_HOST = 'http://cdn.example';

/** What a browser asks for of its own accord, whatever it is told. */
const OF_THE_BROWSER =
  /(?:^|\.)(?:google|googleapis|gstatic|gvt1|googleusercontent|chromium)\.(?:com|org)$/;

export interface Egress {
  port: number;
  /** A page, a picture or a frame names this address: it may be asked for. */
  expect: (address: string) => void;
  /** What passed for pages under test, oldest first. */
  passed: () => readonly string[];
  /** What passed and nobody named. */
  unknown: () => readonly string[];
  close: () => Promise<void>;
}

/** Of `http://host/path`, or of `host:port` as tunnels are asked for. */
function hostOf(address: string): string {
  return address.replace(/^http:\/\//, '').replace(/[:/].*$/, '');
}

/** @param sitePort the server that answers for every host */
export async function startEgress(sitePort: number): Promise<Egress> {
  const expected = new Set<string>();
  const passed: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const address = incoming.url ?? '';
    const { pathname, search } = new URL(address, PAGE_HOST);
    passed.push(address);
    const { method, headers } = incoming;
    const onward = forward(
      { port: sitePort, method, headers, host: '127.0.0.1', path: pathname + search },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  }).on('connect', (incoming, socket) => {
    passed.push(incoming.url ?? '');
    socket.end('HTTP/1.1 502 Not here\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const ofPages = () => passed.filter((address) => !OF_THE_BROWSER.test(hostOf(address)));
  return {
    port: (server.address() as AddressInfo).port,
    expect: (address) => expected.add(address),
    passed: ofPages,
    unknown: () => ofPages().filter((address) => !expected.has(address)),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
