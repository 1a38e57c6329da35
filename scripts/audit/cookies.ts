/** Cookies and headers for pages behind a login. */
import type { CookieData } from 'puppeteer';

import { ScriptError } from '../node/script-error';

/** Domain, all hosts below, path, only TLS, expiry, name, value. */
const COLUMNS = 7;
const HTTP_ONLY = '#HttpOnly_';

/**
 * Reads a `cookies.txt` as browsers and curl write it (Netscape's format).
 * @throws ScriptError `bad-cookies` naming the line
 */
export function parseCookies(text: string, file: string): CookieData[] {
  return text.split(/\r?\n/).flatMap((line, index): CookieData[] => {
    const isHttpOnly = line.startsWith(HTTP_ONLY);
    const row = isHttpOnly ? line.slice(HTTP_ONLY.length) : line;
    if (row.trim() === '' || row.startsWith('#')) return [];
    const cells = row.split('\t');
    const [domain = '', , path = '/', secure = '', expiry = '', name = '', value = ''] = cells;
    if (cells.length !== COLUMNS || domain === '' || name === '') {
      throw new ScriptError(
        'bad-cookies',
        `${file}:${index + 1}: not ${COLUMNS} columns parted by tabs, as in a cookies.txt.`,
      );
    }
    const expires = Number(expiry);
    return [
      {
        ...{ name, value, domain, path, httpOnly: isHttpOnly, secure: secure === 'TRUE' },
        ...(expires > 0 ? { expires } : {}),
      },
    ];
  });
}

/** Reads `Name: value`. @throws ScriptError `bad-usage` */
export function parseHeader(text: string): [name: string, value: string] {
  const colon = text.indexOf(':');
  const name = text.slice(0, colon).trim();
  if (colon < 1 || !/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
    throw new ScriptError('bad-usage', `--header is "Name: value", not "${text}".`);
  }
  return [name, text.slice(colon + 1).trim()];
}
