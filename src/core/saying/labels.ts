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

const labels = lazy(() => {
  const byNode = new Map<number, PlainLabel>();
  PACKED_CLASS_LABELS.split('|').forEach((text, classIndex) => {
    byNode.set(classIndex, plainLabel(text, false));
  });
  for (const packed of PACKED_KIND_LABELS.split('|')) {
    const [place = '', text = ''] = packed.split(':');
    const isPlain = text.startsWith('=');
    byNode.set(
      CLASS_COUNT + Number.parseInt(place, 36),
      plainLabel(isPlain ? text.slice(1) : text, !isPlain),
    );
  }
  return byNode;
});

/** The label of a node, or undefined for an ancestor that is never said. Every class has one. */
export function labelOf(node: number): PlainLabel | undefined {
  return labels().get(node);
}
