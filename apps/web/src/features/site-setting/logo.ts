/** What a logo may weigh: its form carries it as base64. */
export const maxLogoBytes = 48 * 1024;
const maxSidePixels = 1_024;

export type LogoMediaType = 'image/png' | 'image/webp';

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * What kind of picture it is by its own first bytes, never by what somebody says of it. Only pictures that cannot carry a
 * script are taken, so no SVG. @returns undefined where it is neither PNG nor WebP, or larger than a logo is
 */
export function logoMediaType(bytes: Uint8Array): LogoMediaType | undefined {
  if (bytes.length > maxLogoBytes || bytes.length < 32) return undefined;
  if (pngSignature.every((byte, index) => bytes[index] === byte)) return isSmallPng(bytes) ? 'image/png' : undefined;
  return asciiAt(bytes, 0) === 'RIFF' && asciiAt(bytes, 8) === 'WEBP' ? 'image/webp' : undefined;
}

/** The first chunk says width and height. */
function isSmallPng(bytes: Uint8Array): boolean {
  if (asciiAt(bytes, 12) !== 'IHDR') return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sides = [view.getUint32(16), view.getUint32(20)];
  return sides.every((side) => side >= 1 && side <= maxSidePixels);
}

function asciiAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
