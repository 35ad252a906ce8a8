import { crc32, inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type ZipEntry, zipArchive } from './zip.ts';

async function archiveOf(entries: readonly ZipEntry[]): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of zipArchive(entries, new Date('2026-11-30T12:34:56Z'))) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Reads an archive by its directory, as any program does, and checks sizes and sums. */
function unpacked(archive: Buffer): Record<string, string> {
  const end = archive.length - 22;
  expect(archive.readUInt32LE(end)).toBe(0x06054b50);
  const files: Record<string, string> = {};
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    expect(archive.readUInt32LE(at)).toBe(0x02014b50);
    const [crc, packedBytes, bytes] = [16, 20, 24].map((field) => archive.readUInt32LE(at + field)) as [
      number,
      number,
      number,
    ];
    const nameBytes = archive.readUInt16LE(at + 28);
    const start = archive.readUInt32LE(at + 42);
    const name = archive.toString('utf8', at + 46, at + 46 + nameBytes);
    expect(archive.readUInt32LE(start)).toBe(0x04034b50);
    expect(archive.toString('utf8', start + 30, start + 30 + nameBytes)).toBe(name);
    const data = start + 30 + nameBytes;
    const content = inflateRawSync(archive.subarray(data, data + packedBytes));
    expect([content.length, crc32(content)]).toEqual([bytes, crc]);
    const sizes = [0, 4, 8, 12].map((field) => archive.readUInt32LE(data + packedBytes + field));
    expect(sizes).toEqual([0x08074b50, crc, packedBytes, bytes]);
    files[name] = content.toString('utf8');
    at += 46 + nameBytes;
  }
  expect(at).toBe(end);
  return files;
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
  expect(unpacked(archive)).toEqual({
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
