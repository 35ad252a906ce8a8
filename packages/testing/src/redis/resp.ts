/** An answer of Redis, in its own protocol's kinds. */
export type RespValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'list'; readonly items: readonly RespValue[] }
  | { readonly kind: 'nothing' };

/** A command as Redis reads it. */
export function writeCommand(words: readonly string[]): Buffer {
  const parts: Buffer[] = [Buffer.from(`*${words.length}\r\n`)];
  for (const word of words) {
    const bytes = Buffer.from(word);
    parts.push(Buffer.from(`$${bytes.length}\r\n`), bytes, Buffer.from('\r\n'));
  }
  return Buffer.concat(parts);
}

/** Reads one answer from `at` on; undefined where it is not all there yet. */
export function readValue(bytes: Buffer, at: number): { readonly value: RespValue; readonly end: number } | undefined {
  const lineEnd = bytes.indexOf('\r\n', at);
  if (lineEnd === -1) return undefined;
  const line = bytes.toString('utf8', at + 1, lineEnd);
  const end = lineEnd + 2;
  switch (String.fromCharCode(bytes[at] as number)) {
    case '+':
      return { value: { kind: 'text', text: line }, end };
    case '-':
      return { value: { kind: 'error', message: line }, end };
    case ':':
      return { value: { kind: 'number', value: Number(line) }, end };
    case '$':
      return readBytes(bytes, end, Number(line));
    case '*':
      return readList(bytes, end, Number(line));
    default:
      throw new Error(`Redis said something else than RESP: ${line.slice(0, 100)}`);
  }
}

function readBytes(bytes: Buffer, at: number, length: number): ReturnType<typeof readValue> {
  if (length < 0) return { value: { kind: 'nothing' }, end: at };
  if (bytes.length < at + length + 2) return undefined;
  return { value: { kind: 'bytes', bytes: bytes.subarray(at, at + length) }, end: at + length + 2 };
}

function readList(bytes: Buffer, at: number, length: number): ReturnType<typeof readValue> {
  if (length < 0) return { value: { kind: 'nothing' }, end: at };
  const items: RespValue[] = [];
  let end = at;
  while (items.length < length) {
    const read = readValue(bytes, end);
    if (!read) return undefined;
    items.push(read.value);
    end = read.end;
  }
  return { value: { kind: 'list', items }, end };
}
