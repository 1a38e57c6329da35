/**
 * Every way in which Alt Lens can fail, by code. Failures cross contexts as codes; the text a person
 * reads is made where it is shown, from the messages `error_<code>` (what happened) and
 * `remedy_<code>` (what to do) of `_locales`.
 */
export const ERROR_CODES = [
  // what was asked for
  'no-image-here', // nothing that shows a picture is under the pointer, or focused
  'image-gone', // the element left the page while it was worked on
  'alt-text-kept', // the image's own text is good enough, or the author's word stands in the way of another
  'image-changed', // the element shows another picture than the one asked about
  'page-gone', // the tab was closed or navigated while its image was worked on
  'page-not-accessible', // a page that extensions may not touch (settings, store, other extensions)
  'page-hides-us', // the page takes away, moves or silences whatever is shown in it
  // the picture itself
  'image-empty', // 0 bytes
  'image-not-an-image', // the bytes are no picture in a format the browser knows, whatever the name says
  'image-truncated', // the picture ends before it should
  'image-too-small', // under 2 px on a side: nothing to see
  'image-too-large', // more pixels than MAX_IMAGE_PIXELS
  'image-too-many-bytes', // more bytes than MAX_IMAGE_BYTES
  'image-not-loaded', // the page has not loaded it (yet), or failed to
  'image-not-found', // its site answered the page that there is none (404, 410)
  'image-blocked', // kept from the page: by its policy, another extension, the browser, or its site
  'image-has-no-size', // an SVG without width, height and viewBox
  // the way to its pixels
  'image-not-readable', // every rung of the ladder failed; the detail holds each rung's reason
  'image-tainted', // cross-origin without CORS: drawing is allowed, reading is not
  'address-refused', // not http(s), or a private address asked for by a public page
  'host-permission-missing',
  'network-failed',
  'http-status',
  'screen-not-available', // the tab cannot be captured now (no permission, not in front)
  'image-not-on-screen', // scrolled out, covered or clipped: a crop would show something else
  'timed-out',
  // the engine
  'no-backend', // none of the backends could run the model; the detail holds each one's reason
  'model-missing', // a model file is not in the package
  'model-altered', // a model file's hash is not the built one
  'queue-full',
  // what a person teaches
  'private-window', // nothing of a private window is kept, so nothing is taught there
  'own-labels-full', // more own labels or examples than are kept
  'own-labels-none', // no own label that is on has examples of the model in use
  'picture-forgotten', // what the model saw of it is not kept (any more)
  'file-not-readable', // no JSON, or cut off
  'file-not-own-labels', // JSON of something else, or damaged
  // models that a person brings
  'own-model-zip', // a zip file that is damaged, encrypted or packed otherwise
  'own-model-too-large', // more bytes than MAX_MODEL_BYTES
  'own-model-no-json', // no model.json
  'own-model-json', // no JSON, or not that of a model of TensorFlow.js
  'own-model-op', // a layer or op that is none of those that run here, code above all
  'own-model-weights-missing', // a file with weights is not there
  'own-model-weights', // more or fewer bytes than the manifest tells of
  'own-model-labels', // no labels, or damaged ones
  'own-model-labels-count', // not as many labels as the model has outputs
  'own-model-input', // the input is no picture
  'own-model-output', // the output is no list of classes
  'own-model-run', // TensorFlow.js cannot load or run it, or it gives no numbers
  'own-model-full', // more models than are kept
  'report-too-large', // more than the browser's memory for extensions holds
  'cancelled',
  // between contexts
  'extension-reloaded', // the page's content script belongs to a version that is gone
  'message-refused', // unknown type, wrong fields, or a sender that may not send it
  'worker-stopped', // the service worker went away in the middle of a request
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** A failure as it crosses contexts: plain, cloneable. `message` is English, for logs and scripts. */
export interface Failure {
  code: ErrorCode;
  message: string;
}

/** An error with a code. `message` is for logs and scripts; people read the localised text of the code. */
export class CodedError extends Error {
  override readonly name = 'CodedError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Has this error a code? Told by its form: scripts of ours that share a frame have each a class of their
 * own, and one may wait for what another asked for.
 */
export function isCodedError(error: unknown): error is CodedError {
  return error instanceof Error && error.name === 'CodedError' && 'code' in error;
}

/** The failure that crosses contexts for anything thrown; what has no code is `internal`. */
export function toFailure(error: unknown): Failure {
  if (isCodedError(error)) return { code: error.code, message: error.message };
  if (error instanceof Error && error.name === 'AbortError') {
    return { code: 'cancelled', message: error.message };
  }
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return (ERROR_CODES as readonly unknown[]).includes(value);
}

/** The reverse of `toFailure`, on the receiving side. */
export function fromFailure(failure: Failure): CodedError {
  return new CodedError(isErrorCode(failure.code) ? failure.code : 'internal', failure.message);
}
