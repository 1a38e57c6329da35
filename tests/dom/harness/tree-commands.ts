/** What a page's own scripts cannot ask: the browser's accessibility tree. */
import type { CDPSession } from 'puppeteer';
import type { BrowserCommandContext } from 'vitest/node';

import type { PageContext } from './puppeteer-provider';

/** What the tree says of an element with an id. */
export interface TreeNode {
  id: string;
  isIgnored: boolean;
  role: string;
  name: string;
}

interface DomNode {
  backendNodeId: number;
  attributes?: string[];
  children?: DomNode[];
  contentDocument?: DomNode;
  shadowRoots?: DomNode[];
}

function idsIn(node: DomNode, found: Map<number, string>): void {
  const attributes = node.attributes ?? [];
  const at = attributes.findIndex((name, place) => place % 2 === 0 && name === 'id');
  if (at !== -1) found.set(node.backendNodeId, attributes[at + 1] ?? '');
  for (const child of node.children ?? []) idsIn(child, found);
  if (node.contentDocument !== undefined) idsIn(node.contentDocument, found);
}

async function readTree(client: CDPSession, frameId: string): Promise<TreeNode[]> {
  await client.send('DOM.enable');
  await client.send('Accessibility.enable');
  const { root } = await client.send('DOM.getDocument', { depth: -1, pierce: true });
  const ids = new Map<number, string>();
  idsIn(root, ids);
  const { nodes } = await client.send('Accessibility.getFullAXTree', { frameId });
  return nodes.flatMap(({ backendDOMNodeId, ignored, role, name }) => {
    const id = backendDOMNodeId === undefined ? undefined : ids.get(backendDOMNodeId);
    if (id === undefined) return [];
    return [
      {
        ...{ id, isIgnored: ignored },
        ...{ role: String(role?.value ?? ''), name: String(name?.value ?? '') },
      },
    ];
  });
}

export const treeCommands = {
  accessibilityTree: async (context: BrowserCommandContext): Promise<TreeNode[]> => {
    const { page, testFrame } = context as unknown as PageContext;
    const frame = await testFrame();
    const client = await page.createCDPSession();
    try {
      // Puppeteer has the id under this name alone.
      return await readTree(client, (frame as unknown as { _id: string })._id);
    } finally {
      await client.detach();
    }
  },
};
