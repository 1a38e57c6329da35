import type { Browser } from 'puppeteer';

/** WebDriver BiDi, which puppeteer speaks with Firefox and does not show. */
export interface BidiCommands {
  send: (method: string, params: object) => Promise<unknown>;
}

interface BidiBrowser {
  connection: { send: (method: string, params: object) => Promise<{ result: unknown }> };
}

export function bidiOf(browser: Browser): BidiCommands {
  const { connection } = browser as unknown as BidiBrowser;
  return { send: async (method, params) => (await connection.send(method, params)).result };
}

/** Runs a function that stands alone in the browser's own process; arguments and result are as JSON has them. */
export type ChromeScope = <A extends unknown[], R>(
  run: (...args: A) => R | Promise<R>,
  ...args: A
) => Promise<R>;

interface Tree {
  contexts: { context: string; url: string }[];
}
interface Called {
  type: string;
  result: { value: string };
  exceptionDetails?: { text: string };
}

export function chromeScope({ send }: BidiCommands): ChromeScope {
  let window: string | undefined;

  async function browserWindow(): Promise<string> {
    if (window !== undefined) return window;
    const { contexts } = (await send('browsingContext.getTree', { 'moz:scope': 'chrome' })) as Tree;
    const found = contexts.find(({ url }) => url.includes('browser.xhtml')) ?? contexts[0];
    if (found === undefined) throw new Error('Firefox shows no window of its own.');
    window = found.context;
    return window;
  }

  return async <A extends unknown[], R>(run: (...args: A) => R | Promise<R>, ...args: A) => {
    // A transpiler that keeps function names calls a helper, `__name`.
    const source = `async () => {
      const __name = (named) => named;
      try { return JSON.stringify({ value: await (${run.toString()})(...${JSON.stringify(args)}) }); }
      catch (error) { return JSON.stringify({ error: String(error) + ' ' + error?.stack }); }
    }`;
    const called = (await send('script.callFunction', {
      functionDeclaration: source,
      awaitPromise: true,
      target: { context: await browserWindow() },
    })) as Called;
    if (called.type === 'exception') {
      throw new Error(`In Firefox's own process: ${called.exceptionDetails?.text ?? ''}`);
    }
    const answer = JSON.parse(called.result.value) as { value: R; error?: string };
    if (answer.error !== undefined) throw new Error(`In Firefox's own process: ${answer.error}`);
    return answer.value;
  };
}
