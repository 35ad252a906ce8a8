import { expect, test } from 'vitest';
import { unzipped } from './unzip.fixture.ts';
import { type ZipEntry, zipArchive } from './zip.ts';

async function archiveOf(entries: readonly ZipEntry[]): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of zipArchive(entries, new Date('2026-11-30T12:34:56Z'))) pieces.push(piece);
  return Buffer.concat(pieces);
}

const text = (value: string) => new TextEncoder().encode(value);
test('an archive made piece by piece is read by others: names, contents, sizes and sums', async () => {
  const long = Array.from({ length: 500 }, (_, n) => `line ${n} ${'é汉'.repeat(n % 50)}\r\n`);
  const archive = await archiveOf([
    { name: 'profile.json', pieces: () => [text('{"name":'), text('"Ada"}')] },
    { name: 'empty.csv', pieces: () => [] },
    {
      name: 'org_1/usage.csv',
      async *pieces() {
        for (const line of long) yield text(line);
      },
    },
  ]);
  expect(unzipped(archive)).toEqual({
    'profile.json': '{"name":"Ada"}',
    'empty.csv': '',
    'org_1/usage.csv': long.join(''),
  });
});

test('a piece is asked for only when the one before was taken', async () => {
  let asked = 0;
  const entry: ZipEntry = {
    name: 'a',
    async *pieces() {
      for (let n = 0; n < 10; n++) {
        asked++;
        yield text('x');
      }
    },
  };
  const archive = zipArchive([entry], new Date());
  await archive.next();
  await archive.next();
  expect(asked).toBe(1);
  await archive.return(undefined);
  expect(asked).toBe(1);
});
