/** One line on a terminal that is written over; nothing where there is no terminal. */
export interface ProgressLine {
  update: (done: number, known: number, images: number) => void;
  clear: () => void;
}

export function progressLine(
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>,
  now: () => number,
): ProgressLine {
  const startedAt = now();
  return {
    update: (done, known, images) => {
      if (!stream.isTTY) return;
      const each = (now() - startedAt) / Math.max(1, done);
      const left = Math.round((each * (known - done)) / 1000);
      const time = left < 60 ? `${left} s` : `${Math.ceil(left / 60)} min`;
      const rest = done === 0 ? '' : `, ${images} images, ${time} left`;
      stream.write(`\r\u001b[K${done} of ${known} pages${rest}`);
    },
    clear: () => {
      if (stream.isTTY) stream.write('\r\u001b[K');
    },
  };
}
