import { CodedError, type Failure } from './errors';

/** Not Found and Gone (RFC 9110): asking again, by whatever right, gives no picture. */
const NOT_FOUND = [404, 410];

const words = (status: number): string => `The server answered ${status}.`;

export function isNotFoundStatus(status: number): boolean {
  return NOT_FOUND.includes(status);
}

/** The failure of a request that was answered with something else than a file. @param status of HTTP */
export function answered(status: number): CodedError {
  return new CodedError('http-status', words(status));
}

/**
 * The same failure for a picture that nobody shows: where its site says that there is none, that is the reason.
 * A picture that the page shows is there for the page, whatever its site answers to us.
 */
export function ofUnshown(failure: Failure): Failure {
  const isNone =
    failure.code === 'http-status' && NOT_FOUND.some((status) => words(status) === failure.message);
  return isNone ? { code: 'image-not-found', message: failure.message } : failure;
}
