/**
 * tfjs keeps its engine in the global scope, for all copies of it to share: one engine has one current
 * backend. Evaluated before tfjs, this module hides the other copy's, so that this one makes its own.
 */
interface Shared {
  _tfengine?: unknown;
  _tfGlobals?: unknown;
}

const scope = globalThis as Shared;
const { _tfengine, _tfGlobals } = scope;
scope._tfengine = undefined;
scope._tfGlobals = undefined;

/** Gives the global scope back. Call when tfjs is evaluated. */
export function giveBack(): void {
  scope._tfengine = _tfengine;
  scope._tfGlobals = _tfGlobals;
}
