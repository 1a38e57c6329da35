/** Puts an entry into a map as its newest. @returns the key of the oldest, which made room, where there were more than `most` */
export function putNewest<K, V>(map: Map<K, V>, key: K, value: V, most: number): K | undefined {
  map.delete(key);
  map.set(key, value);
  if (map.size <= most) return undefined;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
  return oldest;
}
