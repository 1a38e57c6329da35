/**
 * The source of a call of `run` that stands alone in another JavaScript world, for `evaluate`. A
 * transpiler that keeps function names wraps inner functions in a helper, `__name`, which is not
 * there; here it is. Give `evaluate` the result type, as a string has none.
 * @param args what JSON can carry
 */
export function selfContained<A extends unknown[]>(
  run: (...args: A) => unknown,
  ...args: A
): string {
  return `((__name) => (${run.toString()})(...${JSON.stringify(args)}))((named) => named)`;
}
