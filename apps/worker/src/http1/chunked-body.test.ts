import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChunkedBody } from './chunked-body.ts';
import { HttpFault } from './request-head.ts';

/** Takes `pieces` in one after another; what the body is, and what was left over behind it. */
function take(pieces: readonly Buffer[]): { body: string; rest: string; isWhole: boolean } {
  const chunked = new ChunkedBody();
  const parts: Buffer[] = [];
  let rest = '';
  for (const piece of pieces) {
    parts.push(chunked.push(piece));
    rest += piece.subarray(chunked.takenBytes).toString('latin1');
  }
  return { body: Buffer.concat(parts).toString('latin1'), rest, isWhole: chunked.isWhole };
}

function cut(bytes: Buffer, at: readonly number[]): Buffer[] {
  const borders = [0, ...at.map((one) => one % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return borders.slice(1).map((end, index) => bytes.subarray(borders[index], end));
}

test('cut anywhere, a body is the same, and what follows it is left alone', () => {
  const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { maxLength: 8 });
  const extension = fc.constantFrom('', ';a', ';name="value; x"', '  ', '\t;q=1');
  const trailers = fc.array(fc.constantFrom('x-checksum: 12', 'a:', 'B:c'), { maxLength: 3 });
  fc.assert(
    fc.property(
      chunks,
      extension,
      trailers,
      fc.boolean(),
      fc.array(fc.nat(4_000), { maxLength: 12 }),
      (parts, ext, after, isUpper, cuts) => {
        const size = (length: number) => (isUpper ? length.toString(16).toUpperCase() : length.toString(16));
        const framed = parts.map((part) =>
          Buffer.concat([Buffer.from(`${size(part.length)}${ext}\r\n`), part, Buffer.from('\r\n')]),
        );
        const end = Buffer.from(`0${ext}\r\n${after.map((line) => `${line}\r\n`).join('')}\r\nGET /next`);
        const { body, rest, isWhole } = take(cut(Buffer.concat([...framed, end]), cuts));
        expect(isWhole).toBe(true);
        expect(rest).toBe('GET /next');
        expect(body).toBe(Buffer.concat(parts).toString('latin1'));
      },
    ),
  );
});

test.each([
  ['no size', '\r\nabc'],
  ['a size that is no number', 'xyz\r\nabc\r\n'],
  ['a size with a sign', '+3\r\nabc\r\n'],
  ['a size with 0x before it', '0x3\r\nabc\r\n'],
  ['a size that no memory has', 'fffffffff\r\n'],
  ['a line feed alone behind the size', '3\nabc\r\n'],
  ['data longer than its size', '3\r\nabcd\r\n'],
  ['a line feed alone behind the data', '3\r\nabc\n'],
  ['a bare carriage return in an extension', '3;a\rb\r\nabc\r\n'],
  ['an extension without an end', `3;${'a'.repeat(600)}`],
  ['a trailer that is no header', '0\r\nno colon\r\n\r\n'],
  ['trailers without an end', `0\r\n${`x: ${'y'.repeat(100)}\r\n`.repeat(100)}`],
])('%s is refused, cut anywhere', (_, text) => {
  const bytes = Buffer.from(text, 'latin1');
  expect(() => take([Buffer.from(bytes)])).toThrow(HttpFault);
  expect(() => take([...bytes].map((byte) => Buffer.from([byte])))).toThrow(HttpFault);
});

test('a body that has not come to its end is not whole', () => {
  for (const text of ['', '3', '3\r\nab', '3\r\nabc\r\n', '0\r\n', '0\r\nx: y\r\n'])
    expect(take([Buffer.from(text)]).isWhole).toBe(false);
});
