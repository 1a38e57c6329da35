/**
 * A script with every sign beyond ASCII written as an escape. One such sign makes the browser keep the whole
 * script in two bytes a sign, and decode it slowly each time that it is read.
 * @param code in which such signs stand in texts, templates and patterns alone
 * @throws Error where a sign stands behind a backslash, whose escape would mean something else
 */
export function asAscii(code: string): string {
  return code.replace(/(\\*)([^\0-\x7f])/g, (_, backslashes: string, unit: string) => {
    if (backslashes.length % 2 === 1) throw new Error(`The script has a backslash before ${unit}.`);
    return `${backslashes}\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
