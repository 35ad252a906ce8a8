const newline = 0x0a;
const carriageReturn = 0x0d;

/** A line, or a whole file, that is longer than it may be. */
export class TooLongError extends Error {
  override readonly name = 'TooLongError';
}

/**
 * The lines of a file as it arrives, blank ones left out; only the line under way is kept in memory.
 * @param most.fileBytes undefined: any length
 * @throws TooLongError, or the error that the file breaks off with
 */
export async function* linesOf(
  pieces: AsyncIterable<Buffer>,
  most: { readonly lineBytes: number; readonly fileBytes?: number | undefined },
): AsyncGenerator<Buffer, void> {
  let open: Buffer[] = [];
  let openBytes = 0;
  let fileBytes = 0;
  for await (const piece of pieces) {
    fileBytes += piece.length;
    if (fileBytes > (most.fileBytes ?? Number.POSITIVE_INFINITY)) throw new TooLongError('the file is too long');
    let start = 0;
    for (let end = piece.indexOf(newline); end !== -1; end = piece.indexOf(newline, start)) {
      const line = openBytes === 0 ? piece.subarray(start, end) : Buffer.concat([...open, piece.subarray(start, end)]);
      open = [];
      openBytes = 0;
      start = end + 1;
      if (!isBlank(line)) yield line;
    }
    if (start === piece.length) continue;
    open.push(piece.subarray(start));
    openBytes += piece.length - start;
    if (openBytes > most.lineBytes) throw new TooLongError('a line is too long');
  }
  const last = Buffer.concat(open);
  if (!isBlank(last)) yield last;
}

function isBlank(line: Buffer): boolean {
  return line.length === 0 || (line.length === 1 && line[0] === carriageReturn);
}
