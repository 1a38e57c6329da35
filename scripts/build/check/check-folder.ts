import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';

import type { Target } from '../../manifest/targets';
import {
  backgroundScripts,
  type BuiltManifest,
  manifestFiles,
  manifestProblems,
} from './manifest-rules';
import {
  findCodeFromText,
  findPageOnlyCode,
  importedAddresses,
  isClassicScript,
  startedWorkers,
} from './worker-globals';

const REMOTE = /^(?:[a-z][a-z0-9+.-]*:)?\/\//i;

/** A tag that makes the browser load something, and its address. A link to click is none. */
const LOADING_TAG =
  /<(?:script|link|img|source|iframe|video|audio|embed|object)\b[^>]*?\b(?:src|href|data)="([^"]*)"/gi;

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((file) => file.replaceAll(sep, '/'))
    .sort();
}

/** Where an address in a built file leads, as a path in the folder. */
function resolveAddress(from: string, address: string): string {
  return address.startsWith('/')
    ? address.slice(1)
    : posix.normalize(posix.join(posix.dirname(from), address));
}

/** A built extension, with the questions that the checks ask of it. */
class BuiltFolder {
  readonly files: readonly string[];
  private readonly texts = new Map<string, string>();

  constructor(private readonly folder: string) {
    this.files = listFiles(folder);
  }

  has(file: string): boolean {
    return this.files.includes(file);
  }

  text(file: string): string {
    let text = this.texts.get(file);
    if (text === undefined) {
      text = readFileSync(join(this.folder, file), 'utf8');
      this.texts.set(file, text);
    }
    return text;
  }

  /** The scripts that run when these run. */
  graph(entries: readonly string[]): Set<string> {
    const seen = new Set<string>();
    const visit = (file: string): void => {
      if (seen.has(file) || !this.has(file)) return;
      seen.add(file);
      for (const address of importedAddresses(this.text(file))) {
        if (!REMOTE.test(address)) visit(resolveAddress(file, address));
      }
    };
    entries.forEach(visit);
    return seen;
  }
}

function pageProblems(built: BuiltFolder, page: string): { problems: string[]; scripts: string[] } {
  const problems: string[] = [];
  const scripts: string[] = [];
  const html = built.text(page);
  for (const [tag, body = ''] of html.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/gi)) {
    const address = /\bsrc="([^"]*)"/.exec(tag)?.[1];
    if (address === undefined || body.trim() !== '') {
      problems.push(`${page} has a script inside`);
    } else if (!REMOTE.test(address)) {
      scripts.push(resolveAddress(page, address));
    }
  }
  for (const [, address = ''] of html.matchAll(LOADING_TAG)) {
    if (address === '' || address.startsWith('#') || address.startsWith('data:')) continue;
    if (REMOTE.test(address)) {
      problems.push(`${page} loads ${address}`);
    } else if (!built.has(resolveAddress(page, address))) {
      problems.push(`${page} names ${address}, which is not there`);
    }
  }
  return { problems, scripts };
}

/** Texts that the manifest names but the default language does not have: the browser refuses such a build. */
function missingTexts(built: BuiltFolder, manifest: BuiltManifest): string[] {
  const file = `_locales/${manifest.default_locale ?? ''}/messages.json`;
  if (!built.has(file)) return [`${file} is missing`];
  const texts = new Set(Object.keys(JSON.parse(built.text(file)) as object));
  return [...built.text('manifest.json').matchAll(/__MSG_(\w+)__/g)]
    .map(([, key = '']) => key)
    .filter((key) => !texts.has(key))
    .map((key) => `the manifest names the text ${key}, which ${file} does not have`);
}

/** Everything that is wrong with a built extension for a target; empty where nothing is. */
export function checkFolder(folder: string, target: Target): string[] {
  const built = new BuiltFolder(folder);
  if (!built.has('manifest.json')) return ['manifest.json is missing'];
  const manifest = JSON.parse(built.text('manifest.json')) as BuiltManifest;
  const problems = manifestProblems(manifest, target);
  for (const file of manifestFiles(manifest)) {
    if (!built.has(file)) problems.push(`the manifest names ${file}, which is not there`);
  }

  problems.push(...missingTexts(built, manifest));

  const pageScripts: string[] = [];
  for (const page of built.files.filter((file) => file.endsWith('.html'))) {
    const found = pageProblems(built, page);
    problems.push(...found.problems);
    pageScripts.push(...found.scripts);
  }

  const pages = built.graph(pageScripts);
  const background = built.graph(backgroundScripts(manifest));
  for (const file of background) {
    if (!isClassicScript(built.text(file))) {
      problems.push(`${file} runs in the background, but is no classic script`);
    }
  }
  const started = [...pages, ...background].flatMap((file) =>
    startedWorkers(built.text(file)).map((address) => resolveAddress(file, address)),
  );
  const worker = new Set([...background, ...built.graph(started)]);
  for (const file of started) {
    if (!built.has(file)) problems.push(`the worker ${file} is started, which is not there`);
  }
  for (const file of worker) {
    for (const { what, near } of findPageOnlyCode(built.text(file))) {
      problems.push(`${file}: ${what}: ${near}`);
    }
  }

  for (const file of built.files.filter((each) => /\.m?js$/.test(each))) {
    const text = built.text(file);
    for (const { what, near } of findCodeFromText(text)) problems.push(`${file}: ${what}: ${near}`);
    for (const address of importedAddresses(text)) {
      if (REMOTE.test(address)) problems.push(`${file} imports ${address}`);
      else if (!built.has(resolveAddress(file, address))) {
        problems.push(`${file} imports ${address}, which is not there`);
      }
    }
    if (worker.has(file) || pages.has(file)) continue;
    // What the worker injects into pages, it names by its path.
    const isInjected = [...worker].some((each) => built.text(each).includes(file));
    if (!isInjected) problems.push(`${file} is used by nothing`);
    else if (!isClassicScript(text)) problems.push(`${file} is injected, but is no classic script`);
  }
  for (const file of built.files.filter((each) => each.endsWith('.map'))) {
    problems.push(`${file} is a source map`);
  }
  return problems;
}
