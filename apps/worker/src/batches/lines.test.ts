import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesOf, TooLongError } from './lines.ts';

async function* pieces(...parts: (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part);
}
async function read(from: AsyncIterable<Buffer>, most = { lineBytes: 1_000, fileBytes: 10_000 }): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of linesOf(from, most)) lines.push(line.toString());
  return lines;
}

test('however a file is cut into pieces, its lines are the same', async () => {
  const text = 'one\n{"a":"ü"}\r\n\n\nlast without an end';
  const bytes = Buffer.from(text);
  const cuts = fc.array(fc.nat(bytes.length), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(cuts, async (places) => {
      const at = [0, ...places.sort((a, b) => a - b), bytes.length];
      const parts = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
      expect(await read(pieces(...parts))).toEqual(['one', '{"a":"ü"}\r', 'last without an end']);
    }),
  );
});

test('an empty file has no lines', async () => {
  expect(await read(pieces())).toEqual([]);
  expect(await read(pieces('\n\r\n', '\n'))).toEqual([]);
});

test('a line without an end and a file without one are refused, not kept', async () => {
  const endless = pieces(...Array.from({ length: 50 }, () => 'x'.repeat(100)));
  await expect(read(endless)).rejects.toThrow(TooLongError);
  const many = pieces(...Array.from({ length: 200 }, () => `${'x'.repeat(99)}\n`));
  await expect(read(many)).rejects.toThrow('the file is too long');
});

test('a file that breaks off tells so', async () => {
  async function* broken(): AsyncGenerator<Buffer> {
    yield Buffer.from('one\ntw');
    throw new Error('it broke off');
  }
  await expect(read(broken())).rejects.toThrow('it broke off');
});
