import { CodedError, fromFailure, toFailure } from '../core/errors';
import { ofUnshown } from '../core/http-answer';
import { hostPattern } from '../core/address/match-pattern';
import { askWorker } from '../messages/client';
import { askForAccess, handBackAccess, isAccessGranted } from '../platform/access';

/** What a person types as an address: a missing scheme is the web's. */
export function typedAddress(typed: string): string {
  const address = typed.trim();
  return URL.canParse(address) ? address : `https://${address}`;
}

/**
 * Fetches the picture at an address. Asks the person for access to its host, so it must be called in a
 * click; access that was given for this alone is handed back afterwards.
 * @throws CodedError `address-refused`, `host-permission-missing` where the person says no, or what the
 *   worker's fetch fails with
 */
export async function fetchFromAddress(address: string): Promise<Blob> {
  const pattern = hostPattern(address);
  if (pattern === null) throw new CodedError('address-refused', 'No http or https address.');
  const access = [pattern];
  // Not awaited: the click allows the browser's question only if nothing is before it.
  const isHeld = isAccessGranted(access);
  const granted = await askForAccess(access);
  const isForThis = !(await isHeld);
  if (!granted) throw new CodedError('host-permission-missing', `No access to ${pattern}.`);
  try {
    return new Blob([await askWorker('fetchFile', { address })]);
  } catch (error) {
    throw fromFailure(ofUnshown(toFailure(error)));
  } finally {
    if (isForThis) await handBackAccess(access);
  }
}
