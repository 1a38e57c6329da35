/** Plain English labels of the classes and of the ancestors that can be said. */
import { lazy } from '../lazy';
import { CLASS_COUNT } from './prediction';
import { PACKED_CLASS_LABELS, PACKED_KIND_LABELS } from './labels.generated';

export interface PlainLabel {
  /** What stands before the name in a sentence; empty before plurals and mass nouns, and where a language has none. */
  article: string;
  /** Without the article, like `tabby cat`. */
  name: string;
  /** Said as `a kind of dog` rather than `a dog`: an ancestor of several quite different classes. */
  isKind: boolean;
}

function plainLabel(text: string, isKind: boolean): PlainLabel {
  const [, article, name] = /^(?:(an?) )?(.+)$/.exec(text) ?? [];
  return {
    article: article === 'a' || article === 'an' ? article : '',
    name: name ?? text,
    isKind,
  };
}

/** What is written of each node, read when it is asked for. */
const texts = lazy(() => {
  const byNode: (string | undefined)[] = PACKED_CLASS_LABELS.split('|');
  for (const packed of PACKED_KIND_LABELS.split('|')) {
    const colon = packed.indexOf(':');
    byNode[CLASS_COUNT + Number.parseInt(packed.slice(0, colon), 36)] = packed.slice(colon + 1);
  }
  return byNode;
});

/** May the node be said? Every class may. */
export function hasLabel(node: number): boolean {
  return texts()[node] !== undefined;
}

/** The label of a node, or undefined for an ancestor that is never said. Every class has one. */
export function labelOf(node: number): PlainLabel | undefined {
  const text = texts()[node];
  if (text === undefined || node < CLASS_COUNT) {
    return text === undefined ? undefined : plainLabel(text, false);
  }
  const isPlain = text.startsWith('=');
  return plainLabel(isPlain ? text.slice(1) : text, !isPlain);
}
