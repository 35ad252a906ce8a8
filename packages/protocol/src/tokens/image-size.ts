export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Segments of a JPEG that are stepped over in search of its frame: photographs have a dozen. */
const maxJpegSegments = 128;

/** Width and height in pixels from the header of a PNG, JPEG, GIF or WebP in base64; undefined where it is none of them or damaged. */
export function imageSize(base64: string): ImageSize | undefined {
  const head = bytesAt(base64, 0, 30);
  const size = pngSize(head) ?? gifSize(head) ?? webpSize(head) ?? jpegSize(base64, head);
  return size && size.width > 0 && size.height > 0 ? size : undefined;
}

/** Bytes [offset, offset + count) of what the base64 stands for; fewer at its end. */
function bytesAt(base64: string, offset: number, count: number): Buffer {
  const group = Math.floor(offset / 3);
  const skipped = offset - group * 3;
  const text = base64.slice(group * 4, (group + Math.ceil((skipped + count) / 3)) * 4);
  return Buffer.from(text, 'base64').subarray(skipped, skipped + count);
}

function pngSize(head: Buffer): ImageSize | undefined {
  if (head.length < 24 || head.toString('latin1', 1, 4) !== 'PNG') return undefined;
  return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
}

function gifSize(head: Buffer): ImageSize | undefined {
  if (head.length < 10 || head.toString('latin1', 0, 4) !== 'GIF8') return undefined;
  return { width: head.readUInt16LE(6), height: head.readUInt16LE(8) };
}

function webpSize(head: Buffer): ImageSize | undefined {
  if (head.length < 30 || head.toString('latin1', 0, 4) !== 'RIFF') return undefined;
  switch (head.toString('latin1', 8, 16)) {
    case 'WEBPVP8 ':
      return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff };
    case 'WEBPVP8L': {
      const bits = head.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
    }
    case 'WEBPVP8X':
      return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 };
    default:
      return undefined;
  }
}

/** Steps over the segments (thumbnails and colour profiles may be large) to the frame's header, decoding only their first bytes. */
function jpegSize(base64: string, head: Buffer): ImageSize | undefined {
  if (head[0] !== 0xff || head[1] !== 0xd8) return undefined;
  let at = 2;
  for (let segments = 0; segments < maxJpegSegments; segments++) {
    const segment = bytesAt(base64, at, 9);
    if (segment.length < 9 || segment[0] !== 0xff) return undefined;
    const marker = segment[1] as number;
    if (marker === 0xff) {
      at++;
    } else if (isFrame(marker)) {
      return { width: segment.readUInt16BE(7), height: segment.readUInt16BE(5) };
    } else {
      at += 2 + segment.readUInt16BE(2);
    }
  }
  return undefined;
}

/** SOF0 to SOF15 but for the tables (DHT, JPG, DAC) in between. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}
