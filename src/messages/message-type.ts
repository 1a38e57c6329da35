/** A type in a table of values: what a message is answered with. Never called. */
export type TypeOf<T> = (value: T) => T;

/** Names a type in a table: `value: type<Prediction>`. */
export function type<T>(value: T): T {
  return value;
}
