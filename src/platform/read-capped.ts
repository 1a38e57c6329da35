import { CodedError } from '../core/errors';

/**
 * The body of a picture's response, at most `maxBytes` of it: what says of itself that it is larger is
 * not read, and what turns out to be is not read to its end.
 * @throws CodedError `image-too-many-bytes`; as reading the body does
 */
export async function readCapped(
  response: Response,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = Number(response.headers.get('content-length')) > maxBytes ? Infinity : 0;
  for (;;) {
    if (length > maxBytes) {
      await reader?.cancel();
      throw new CodedError('image-too-many-bytes', `More than ${maxBytes / 1024 / 1024} MB.`);
    }
    const part = await reader?.read();
    if (part?.value === undefined) break;
    length += part.value.length;
    chunks.push(part.value);
  }
  return await bytesOf(new Blob(chunks));
}

/**
 * The bytes of a blob. In a page of Firefox its buffer is the page's: no part of it may be taken, but all of
 * it copied.
 */
export async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(new Uint8Array(await blob.arrayBuffer()));
}
