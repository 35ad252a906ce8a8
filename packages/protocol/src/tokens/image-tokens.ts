import type { ImagePart, MediaSource } from '../neutral/parts.ts';
import { type Family, versionAfter } from './family.ts';
import { type ImageSize, imageSize } from './image-size.ts';

/** The size taken for a picture that is not in the request, or not readable. */
export const assumedImage: ImageSize = { width: 1_024, height: 1_024 };

/** Tokens that a picture weighs, by its vendor's formula. */
export function imageTokens(image: ImagePart, family: Family, model: string): number {
  const size = sizeOf(image.source);
  switch (family.name) {
    case 'openai':
    case 'openai-before-4o':
      return openAiTokens(size, image.detail, model.toLowerCase());
    case 'gemini-since-3':
      // A resolution has a price; it is `high` unless asked for otherwise.
      return image.detail === 'low' ? 280 : 1_120;
    case 'gemini':
      return size.width <= 384 && size.height <= 384 ? 258 : tiles(size, 768) * 258;
    case 'claude-since-4.7':
      return patchTokens(size, 28, 2_576, 4_784);
    default:
      return patchTokens(size, 28, 1_568, 1_568);
  }
}

function sizeOf(source: MediaSource): ImageSize {
  return (source.kind === 'base64' && imageSize(source.data)) || assumedImage;
}

function openAiTokens(size: ImageSize, detail: ImagePart['detail'], model: string): number {
  const patch = patchModel(model);
  if (patch) {
    const most = detail === 'low' ? 256 : detail === 'original' ? Math.max(patch.most, 10_000) : patch.most;
    return Math.ceil(Math.min(tiles(size, 32), most) * patch.multiplier);
  }
  const { base, tile } = tileModel(model);
  return detail === 'low' ? base : base + tile * tiles(shrunkForTiles(size), 512);
}

/** Models that cut a picture into patches of 32 pixels: the small ones from GPT-4.1 on, and all since GPT-5.2. */
function patchModel(model: string): { most: number; multiplier: number } | undefined {
  if (model.includes('o4-mini')) return { most: 1_536, multiplier: 1.72 };
  const version = versionAfter(model, 'gpt-') ?? 0;
  if (version < 4.1) return undefined;
  if (model.includes('-mini')) return { most: 1_536, multiplier: 1.62 };
  if (model.includes('-nano')) return { most: 1_536, multiplier: 2.46 };
  if (version < 5.2) return undefined;
  return { most: version < 5.4 ? 1_536 : 2_500, multiplier: 1 };
}

/** Models that cut it into tiles of 512 pixels, for a base and a price per tile. */
function tileModel(model: string): { base: number; tile: number } {
  if (model.includes('4o-mini')) return { base: 2_833, tile: 5_667 };
  if (/(^|\/)o[13]/.test(model)) return { base: 75, tile: 150 };
  if (model.includes('gpt-5')) return { base: 70, tile: 140 };
  return { base: 85, tile: 170 };
}

/** Into a square of 2048 pixels, then to a short side of 768. */
function shrunkForTiles(size: ImageSize): ImageSize {
  const fit = scaled(size, Math.min(1, 2_048 / Math.max(size.width, size.height)));
  return scaled(fit, Math.min(1, 768 / Math.min(fit.width, fit.height)));
}

/** A token per patch, of the picture shrunk to a longest side and to a most of tokens. */
function patchTokens(size: ImageSize, patch: number, longestSide: number, most: number): number {
  const fit = scaled(size, Math.min(1, longestSide / Math.max(size.width, size.height)));
  return Math.min(most, tiles(fit, patch));
}

function scaled({ width, height }: ImageSize, by: number): ImageSize {
  return { width: Math.max(1, Math.round(width * by)), height: Math.max(1, Math.round(height * by)) };
}

function tiles({ width, height }: ImageSize, side: number): number {
  return Math.ceil(width / side) * Math.ceil(height / side);
}
