/**
 * Unpacks a raw deflate stream (RFC 1951), up to so many bytes.
 * @throws TypeError where it is none; RangeError where it holds more
 */
export async function inflate(
  packed: Uint8Array<ArrayBuffer>,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = stream.getReader();
  const bytes = new Uint8Array(most);
  let length = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return bytes.subarray(0, length);
    if (length + value.length > most) {
      reader.cancel().catch(() => undefined); // what follows is not wanted
      throw new RangeError(`more than ${most} bytes`);
    }
    bytes.set(value, length);
    length += value.length;
  }
}
