import type { ErrorCode, Failure } from './errors';
import type { Rung } from './saying/prediction';

/** Why a rung of the ladder did not give pixels. */
export interface RungFailure {
  rung: Rung;
  error: Failure;
}

/** Failures of the way to the pixels: another way may work. Every other failure ends the search. */
const WAY_CODES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'image-tainted',
  'image-not-readable',
  'image-too-many-bytes',
  'address-refused',
  'host-permission-missing',
  'network-failed',
  'http-status',
  'screen-not-available',
  'image-not-on-screen',
  'timed-out',
]);

/**
 * Verdicts on a file that was fetched. Where the page shows the picture all the same, the server
 * answered us otherwise than it answered the page (a log-in form, a hot-link notice).
 */
const FILE_CODES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'image-empty',
  'image-not-an-image',
  'image-truncated',
]);

/** Should the next rung be tried after this failure? `isShown`: the page itself draws the picture. */
export function mayTryNextRung(code: ErrorCode, isShown: boolean): boolean {
  return WAY_CODES.has(code) || (isShown && FILE_CODES.has(code));
}

/**
 * The one failure that stands for all rungs'. A single rung's is told as it is; of several, too many
 * bytes is the most telling (no permission helps), else `image-not-readable` holds each one's reason.
 */
export function ladderFailure(failed: readonly RungFailure[]): Failure {
  const [first] = failed;
  if (first !== undefined && failed.length === 1) return first.error;
  const message = failed
    .map(({ rung, error }) => `${rung}: ${error.code} (${error.message})`)
    .join('; ');
  const isTooManyBytes = failed.some(({ error }) => error.code === 'image-too-many-bytes');
  return { code: isTooManyBytes ? 'image-too-many-bytes' : 'image-not-readable', message };
}

/**
 * Would access to the image's site open a rung that stayed shut? Never the screen: the browsers show that to
 * whoever may see every address there is, files included, or was called to the page by a click.
 */
export function wouldAccessHelp(failed: readonly RungFailure[]): boolean {
  return failed.some(({ error }) => error.code === 'host-permission-missing');
}
