/** Which labels a dismissed one keeps back. Apart from the dismissal itself, which pages hold without the taxonomy. */
import { isWithin, nodeOf, nodesWithin, synsetOf } from './taxonomy';

/**
 * Does a dismissed label keep this one of the same picture back? The same label does, and a wider one:
 * what is no dog is no beagle. A narrower one does not: what is no beagle may be a dog.
 * @param dismissed synset
 * @param label synset
 */
export function keepsBack(dismissed: string, label: string): boolean {
  if (dismissed === label) return true;
  const [node, wider] = [nodeOf(label), nodeOf(dismissed)];
  return node !== undefined && wider !== undefined && isWithin(node, wider);
}

/** All labels that one of these keeps back. @param dismissed synsets */
export function keptBackBy(dismissed: readonly string[]): string[] {
  const labels = dismissed.flatMap((each) => {
    const node = nodeOf(each);
    return node === undefined ? [each] : nodesWithin(node).map(synsetOf);
  });
  return [...new Set(labels)];
}
