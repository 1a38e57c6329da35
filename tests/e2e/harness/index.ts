/**
 * What every end-to-end test starts from: the built extension in a real browser, and web servers on
 * loopback. Everything opened in a test file is closed at its end.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeEach, inject, type RunnerTestCase } from 'vitest';

import {
  type CommandName,
  type ExtensionSession,
  openExtensionSession,
  type SessionOptions,
  wantedTarget,
} from '../../../scripts/drive/extension-session';
import { whyNotInFirefox } from '../../../scripts/test/firefox';
import { type Site, type SiteOptions, startSite } from '../../../scripts/drive/serve';

export { debuggerOf, waitUntil } from '../../../scripts/drive/extension-session';
export type { ExtensionSession, Place } from '../../../scripts/drive/extension-session';
export type { Resource, Site } from '../../../scripts/drive/serve';
export { asset, photoLabels } from './assets';

// Of whole files that cannot run in a browser, vitest.config.ts knows.
beforeEach(({ task, skip }) => {
  if (wantedTarget() !== 'firefox') return;
  const why = whyNotInFirefox(task.file.name, nameOf(task));
  if (why !== null) skip(why);
});

/** With the names of what the test stands in. */
function nameOf({ name, suite }: RunnerTestCase): string {
  const names = [name];
  for (let outer = suite; outer !== undefined; outer = outer.suite) names.unshift(outer.name);
  return names.join(' > ');
}

const closers: (() => Promise<void>)[] = [];
/** The test that runs, and how many were open when it began. */
let running = { id: '', before: 0 };

async function closeFrom(first: number): Promise<void> {
  for (const close of closers.splice(first).reverse()) await close();
}

// A test that is tried again starts without what its first try left open.
beforeEach(async ({ task }) => {
  if (task.id === running.id) await closeFrom(running.before);
  running = { id: task.id, before: closers.length };
});

afterAll(() => closeFrom(0));

/** The folder of the extension as built for this run. */
export function builtExtension(): string {
  return inject('extensionDir');
}

/** The keys that the built manifest suggests for a command. */
export function suggestedKeys(command: CommandName): string {
  const manifest = JSON.parse(readFileSync(join(builtExtension(), 'manifest.json'), 'utf8')) as {
    commands: Record<CommandName, { suggested_key: { default: string } }>;
  };
  return manifest.commands[command].suggested_key.default;
}

/** A browser with the extension; closed after the file's tests. Call in `beforeAll` or in a test. */
export async function openSession(
  options: Partial<SessionOptions> = {},
): Promise<ExtensionSession> {
  const session = await openExtensionSession({ extensionDir: builtExtension(), ...options });
  closers.push(session.close);
  return session;
}

/** A web server on loopback; closed after the file's tests. */
export async function openSite(options: SiteOptions = {}): Promise<Site> {
  const site = await startSite(options);
  closers.push(site.close);
  return site;
}
