import type { Where } from '../core/where/where';
import { text } from '../platform/i18n';

/** In words, for those who do not see it: the part of the picture, and what is to be seen there. */
export function whereText(where: Where | null, label: string): string {
  if (where?.part === undefined || where.part === null) return text('where_nowhere', label);
  return `${text(`where_part_${where.part}`)} ${text('where_legend', label)}`;
}
