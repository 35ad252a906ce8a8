import { crc32, inflateRawSync } from 'node:zlib';
import { expect } from 'vitest';

/** Reads an archive by its directory, as any program does, and checks sizes and sums. */
export function unzipped(archive: Buffer): Record<string, string> {
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
