/**
 * A map for all scripts of the extension in the frame, which share their global scope; under a symbol, because no
 * name of the page reaches it.
 */
export function frameMap<Value>(name: string): Map<string, Value> {
  const world = globalThis as Record<symbol, unknown>;
  const key = Symbol.for(name);
  const known = world[key];
  const map = known instanceof Map ? (known as Map<string, Value>) : new Map<string, Value>();
  world[key] = map;
  return map;
}
