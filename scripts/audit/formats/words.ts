/** Words and numbers as the formats for people have them. */

/** `87 %`; the ends are not rounded to certainty. */
export function share(probability: number): string {
  if (probability > 0.99) return '> 99 %';
  if (probability < 0.01) return '< 1 %';
  return `${Math.round(probability * 100)} %`;
}

/** `1 page`, `2 pages`. */
export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}
