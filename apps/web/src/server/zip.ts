import { crc32, deflateRawSync } from 'node:zlib';

/** One file of an archive: its pieces are asked for one after the other, when the one before was sent. */
export interface ZipEntry {
  /** ASCII letters, digits, dots, hyphens and slashes. */
  readonly name: string;
  pieces(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** A file or an archive of 4 GiB and more takes another form of ZIP. */
const maxBytes = 0xffff_ffff;
const version = 20;
/** Sizes stand behind the data, and the name is UTF-8. */
const flags = 0x0808;
const deflated = 8;
const signatures = { file: 0x04034b50, sizes: 0x08074b50, directory: 0x02014b50, end: 0x06054b50 } as const;

interface Written {
  readonly name: Buffer;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly offset: number;
}

/**
 * Files as a ZIP archive, made while it is read: no more than one piece is in memory. Each piece is packed as a block of its own.
 * @throws RangeError where a file or the archive would pass 4 GiB
 */
export async function* zipArchive(entries: Iterable<ZipEntry>, now: Date): AsyncGenerator<Uint8Array> {
  const stamp = dosTime(now);
  const written: Written[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name, 'utf8');
    const start = offset;
    const head = Buffer.concat([header(signatures.file, [flags, deflated], stamp, [0, 0, 0], name.length), name]);
    offset = bounded(offset + head.length);
    yield head;
    let [crc, bytes, packedBytes] = [0, 0, 0];
    for await (const piece of entry.pieces()) {
      if (piece.length === 0) continue;
      const packed = deflateRawSync(piece, { finishFlush: syncFlush });
      crc = crc32(piece, crc);
      bytes = bounded(bytes + piece.length);
      packedBytes += packed.length;
      offset = bounded(offset + packed.length);
      yield packed;
    }
    packedBytes += lastBlock.length;
    const tail = Buffer.concat([lastBlock, numbers([signatures.sizes, crc, packedBytes, bytes])]);
    offset = bounded(offset + tail.length);
    yield tail;
    written.push({ name, crc, packedBytes, bytes, offset: start });
  }
  yield directory(written, stamp, offset);
}

/** Z_SYNC_FLUSH ends a piece on a byte without ending the stream; an empty last block does. */
const syncFlush = 2;
const lastBlock = Buffer.from([0x03, 0x00]);

function directory(written: readonly Written[], stamp: number, start: number): Buffer {
  const records = written.map(({ name, crc, packedBytes, bytes, offset }) => {
    const made = Buffer.alloc(2);
    made.writeUInt16LE(version);
    const head = header(signatures.directory, [flags, deflated], stamp, [crc, packedBytes, bytes], name.length, made);
    // Comment, disk, attributes: nothing. Then where the file begins.
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    return Buffer.concat([head, tail, name]);
  });
  const body = Buffer.concat(records);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(signatures.end, 0);
  end.writeUInt16LE(written.length, 8);
  end.writeUInt16LE(written.length, 10);
  end.writeUInt32LE(body.length, 12);
  end.writeUInt32LE(start, 16);
  return Buffer.concat([body, end]);
}

/** What a file's own header and its record in the directory have in common. */
function header(
  signature: number,
  [bits, method]: readonly [number, number],
  stamp: number,
  [crc, packedBytes, bytes]: readonly [number, number, number],
  nameBytes: number,
  made: Buffer = Buffer.alloc(0),
): Buffer {
  const rest = Buffer.alloc(26);
  rest.writeUInt16LE(version, 0);
  rest.writeUInt16LE(bits, 2);
  rest.writeUInt16LE(method, 4);
  rest.writeUInt32LE(stamp, 6);
  rest.writeUInt32LE(crc, 10);
  rest.writeUInt32LE(packedBytes, 14);
  rest.writeUInt32LE(bytes, 18);
  rest.writeUInt16LE(nameBytes, 22);
  return Buffer.concat([numbers([signature]), made, rest]);
}

function numbers(values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) buffer.writeUInt32LE(value, index * 4);
  return buffer;
}

/** Date and time in two-second steps, in one number, UTC. */
function dosTime(now: Date): number {
  const time = (now.getUTCHours() << 11) | (now.getUTCMinutes() << 5) | (now.getUTCSeconds() >> 1);
  const date = ((now.getUTCFullYear() - 1980) << 9) | ((now.getUTCMonth() + 1) << 5) | now.getUTCDate();
  return ((date << 16) | time) >>> 0;
}

function bounded(bytes: number): number {
  if (bytes > maxBytes) throw new RangeError('this archive would pass 4 GiB');
  return bytes;
}
