import { nameKey } from './own-label';

/** As many as are read at a glance. */
export const MAX_SUGGESTIONS = 8;

/** The names that begin with what was written, then those with a word that does; in their order. */
export function suggested(written: string, names: readonly string[]): string[] {
  const key = nameKey(written);
  if (key === '') return [];
  const keyed = names.map((name) => ({ name, of: nameKey(name) }));
  const first = keyed.filter(({ of }) => of.startsWith(key));
  const later = keyed.filter(({ of }) => !of.startsWith(key) && of.includes(` ${key}`));
  return [...first, ...later].slice(0, MAX_SUGGESTIONS).map(({ name }) => name);
}
