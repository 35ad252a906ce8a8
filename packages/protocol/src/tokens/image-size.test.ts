import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ImagePart } from '../neutral/parts.ts';
import { familyOf } from './family.ts';
import { imageSize } from './image-size.ts';
import { imageTokens } from './image-tokens.ts';

const side = fc.integer({ min: 1, max: 0x3fff });

function png(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

function gif(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(40);
  bytes.write('GIF89a', 'latin1');
  bytes.writeUInt16LE(width, 6);
  bytes.writeUInt16LE(height, 8);
  return bytes;
}

function segment(marker: number, content: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(content.length + 2);
  return Buffer.concat([Buffer.from([0xff, marker]), length, content]);
}

/** With an EXIF segment (it holds a thumbnail, a JPEG of its own) and a colour profile before the frame. */
function jpeg(width: number, height: number, exifBytes: number): Buffer {
  const frame = Buffer.alloc(15);
  frame.writeUInt16BE(height, 1);
  frame.writeUInt16BE(width, 3);
  const parts = [segment(0xe1, Buffer.alloc(exifBytes, 0xc0)), segment(0xe2, Buffer.alloc(900)), Buffer.from([0xff])];
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...parts,
    segment(0xdb, Buffer.alloc(65)),
    segment(0xc2, frame),
    Buffer.alloc(20),
  ]);
}

function webp(kind: 'VP8 ' | 'VP8L' | 'VP8X', width: number, height: number): Buffer {
  const bytes = Buffer.alloc(40);
  bytes.write(`RIFF....WEBP${kind}`, 'latin1');
  if (kind === 'VP8 ') {
    bytes.writeUInt16LE(width, 26);
    bytes.writeUInt16LE(height, 28);
  } else if (kind === 'VP8L') bytes.writeUInt32LE((width - 1) | ((height - 1) << 14), 21);
  else {
    bytes.writeUIntLE(width - 1, 24, 3);
    bytes.writeUIntLE(height - 1, 27, 3);
  }
  return bytes;
}

test('the size of every kind of picture is read from its header', () => {
  fc.assert(
    fc.property(side, side, fc.integer({ min: 0, max: 60_000 }), (width, height, exifBytes) => {
      const pictures = [png, gif, (w: number, h: number) => jpeg(w, h, exifBytes)].map((make) => make(width, height));
      const webps = (['VP8 ', 'VP8L', 'VP8X'] as const).map((kind) => webp(kind, width, height));
      for (const picture of [...pictures, ...webps]) {
        expect(imageSize(picture.toString('base64'))).toEqual({ width, height });
      }
    }),
  );
});

test('what is no picture, or a damaged one, has no size and never fails', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('', '/9j/', 'iVBORw0K', 'UklGR'), (bytes, start) => {
      const size = imageSize(start + Buffer.from(bytes).toString('base64'));
      if (size) expect(Math.min(size.width, size.height)).toBeGreaterThan(0);
    }),
  );
  expect(imageSize('')).toBeUndefined();
  expect(imageSize(jpeg(10, 10, 100).subarray(0, 200).toString('base64'))).toBeUndefined();
  expect(imageSize(png(0, 10).toString('base64'))).toBeUndefined();
});

function weight(model: string, width: number, height: number, detail?: ImagePart['detail']): number {
  const data = png(width, height).toString('base64');
  const image: ImagePart = { kind: 'image', source: { kind: 'base64', mediaType: 'image/png', data }, detail };
  return imageTokens(image, familyOf(model), model);
}

test.each([
  // Anthropic: 28-pixel patches; measured 1,304 with the message around it.
  ['claude-sonnet-4-6', 1_000, 1_000, undefined, 1_296],
  ['claude-sonnet-4-6', 6_000, 4_000, undefined, 1_568],
  ['claude-opus-4-7', 6_000, 4_000, undefined, 4_784],
  // The examples of OpenAI's guide.
  ['gpt-4o', 1_024, 1_024, 'high', 765],
  ['gpt-4o', 2_048, 4_096, 'high', 1_105],
  ['gpt-4o', 4_096, 8_192, 'low', 85],
  ['gpt-4.1-mini', 1_024, 1_024, 'auto', 1_659],
  ['o3', 1_024, 1_024, undefined, 675],
  ['gpt-6.1-sol', 4_000, 4_000, 'original', 10_000],
  ['gpt-6.1-sol', 4_000, 4_000, 'high', 2_500],
  ['gemini-2.5-pro', 300, 300, undefined, 258],
  ['gemini-2.5-pro', 1_000, 700, undefined, 516],
  ['gemini-3.8-flash', 300, 300, undefined, 1_120],
] as const)('for %s a picture of %i by %i (%s) weighs %i tokens', (model, width, height, detail, tokens) => {
  expect(weight(model, width, height, detail)).toBe(tokens);
});

test('a picture that is elsewhere counts as one of a usual size', () => {
  const image: ImagePart = { kind: 'image', source: { kind: 'url', url: 'https://example.com/a.png' } };
  expect(imageTokens(image, familyOf('gpt-4o'), 'gpt-4o')).toBe(765);
});
