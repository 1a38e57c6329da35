import type { DescribeRequest } from './describe-image';

const TARGETS: readonly unknown[] = [
  'image',
  'here',
  'focused',
  'address',
] satisfies readonly DescribeRequest['target'][];

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

function isTarget(value: unknown): value is DescribeRequest['target'] {
  return TARGETS.includes(value);
}

/** A `describeImage` message with every field checked, or null for anything else. */
export function parseDescribeImage(message: unknown): DescribeRequest | null {
  if (typeof message !== 'object' || message === null) return null;
  const fields = message as Record<string, unknown>;
  const { type, requestId, requestedAt, target, srcUrl, frameUrl, answer } = fields;
  const { shownPredictions } = fields;
  if (type !== 'describeImage' || typeof requestId !== 'string') return null;
  if (typeof requestedAt !== 'number' || !isTarget(target)) return null;
  if (!isTextOrNull(srcUrl) || !isTextOrNull(frameUrl)) return null;
  if (answer !== 'card' && answer !== 'speech') return null;
  if (typeof shownPredictions !== 'number') return null;
  return { requestId, requestedAt, target, srcUrl, frameUrl, answer, shownPredictions };
}

export function isGetAttention(message: unknown): boolean {
  return (message as { type?: unknown } | null)?.type === 'getAttention';
}
