import { hostPattern } from '../core/address/match-pattern';
import { loadedAddress } from '../core/address/picture-address';
import type { Outcome } from '../messages/protocol';

/** The address if it is one that a link may open; null for `data:`, `blob:`, `javascript:` and the like. */
export function webAddress(address: string | null): URL | null {
  const url = address === null ? null : URL.parse(address);
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url : null;
}

/** `example.com` for `https://www.example.com/a`; the scheme where there is no host, like `file`. */
export function placeName(address: string): string {
  const url = URL.parse(address);
  if (url === null) return '';
  return url.host === '' ? url.protocol.replace(/:$/, '') : url.host.replace(/^www\./, '');
}

/** The match pattern to ask the person for, where the failure came from not having it; else null. */
export function missingAccess({ result, failedRungs, source, page }: Outcome): string | null {
  if (result.ok) return null;
  const codes = [result.error, ...failedRungs.map(({ error }) => error)].map(({ code }) => code);
  if (source === null || !codes.includes('host-permission-missing')) return null;
  return hostPattern(loadedAddress(source, page));
}

/** `2 min. ago`, in the given language; both times as of `Date.now()`. */
export function timeAgo(then: number, now: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  const seconds = Math.max(0, Math.round((now - then) / 1000));
  if (seconds < 10) return format.format(0, 'second');
  if (seconds < 60) return format.format(-seconds, 'second');
  if (seconds < 3600) return format.format(-Math.floor(seconds / 60), 'minute');
  if (seconds < 86_400) return format.format(-Math.floor(seconds / 3600), 'hour');
  return format.format(-Math.floor(seconds / 86_400), 'day');
}
