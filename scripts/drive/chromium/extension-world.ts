import type { Page } from 'puppeteer';

import type { ExtensionWorld } from '../extension-session';

/**
 * The extension's own world in a page's frames. Only scripts that are put in after this is called are seen.
 * @param origin the extension's, with a slash
 */
export async function extensionWorld(page: Page, origin: string): Promise<ExtensionWorld> {
  const client = await page.createCDPSession();
  const contexts = new Map<number, string>();
  client.on('Runtime.executionContextCreated', ({ context }) => {
    const { frameId } = context.auxData as { frameId?: string };
    if (context.origin === origin.replace(/\/$/, '')) contexts.set(context.id, frameId ?? '');
  });
  client.on('Runtime.executionContextsCleared', () => {
    contexts.clear();
  });
  await client.send('Runtime.enable');

  const evaluateIn = async (contextId: number, expression: string): Promise<unknown> => {
    const { result, exceptionDetails } = await client.send('Runtime.evaluate', {
      expression,
      contextId,
      returnByValue: true,
      awaitPromise: true,
    });
    if (exceptionDetails !== undefined) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return result.value;
  };

  return {
    main: async (expression) => {
      const { frameTree } = await client.send('Page.getFrameTree');
      const main = [...contexts].findLast(([, frameId]) => frameId === frameTree.frame.id);
      return main === undefined ? null : await evaluateIn(main[0], expression);
    },
    all: (expression) =>
      Promise.all(
        // A frame may go away while it is looked at.
        [...contexts.keys()].map((id) => evaluateIn(id, expression).catch(() => undefined)),
      ),
  };
}
