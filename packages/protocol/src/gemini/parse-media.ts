import type { JsonObject } from '../json/parse.ts';
import type { AudioPart, DocumentPart, ImagePart, MediaSource, VideoPart } from '../neutral/parts.ts';
import { requiredTextOf, textOf } from './fields.ts';
import type { Losses } from './losses.ts';
import { mediaTypeOfUrl } from './media-types.ts';

export type MediaPart = ImagePart | DocumentPart | AudioPart | VideoPart;

/** Addresses that only Google can read: its Files API, Cloud Storage, and YouTube, which it watches itself. */
const googleAddress =
  /^(gs:\/\/|https:\/\/generativelanguage\.googleapis\.com\/|https:\/\/(www\.|m\.)?youtube\.com\/|https:\/\/youtu\.be\/)/i;
const youTube = /youtu\.?be/i;

/** `inlineData` as the part that its type makes it. */
export function parseInlineData(data: JsonObject, path: string, losses: Losses): MediaPart {
  const mediaType = requiredTextOf(data, 'mimeType', path).toLowerCase();
  const bytes = requiredTextOf(data, 'data', path);
  const title = textOf(data, 'displayName', path);
  if (isText(mediaType)) {
    const text = Buffer.from(bytes, 'base64').toString();
    return { kind: 'document', source: { kind: 'text', text }, ...(title !== undefined && { title }) };
  }
  return partOf(mediaType, { kind: 'base64', mediaType, data: bytes }, title, path, losses);
}

/** `fileData`: a file that Google holds, or an address that anyone can read. */
export function parseFileData(data: JsonObject, path: string, losses: Losses): MediaPart {
  const uri = requiredTextOf(data, 'fileUri', path);
  const told = textOf(data, 'mimeType', path)?.toLowerCase();
  const mediaType = told ?? (youTube.test(uri) ? 'video/*' : mediaTypeOfUrl(uri));
  return partOf(mediaType ?? '', sourceOf(uri, told), textOf(data, 'displayName', path), path, losses);
}

function sourceOf(uri: string, mediaType: string | undefined): MediaSource {
  const typed = mediaType === undefined ? {} : { mediaType };
  if (!googleAddress.test(uri) && /^https?:/i.test(uri)) return { kind: 'url', url: uri, ...typed };
  return { kind: 'file', protocol: 'gemini', id: uri, ...typed };
}

function isText(mediaType: string): boolean {
  return mediaType.startsWith('text/') || mediaType === 'application/json';
}

function partOf(
  mediaType: string,
  source: MediaSource,
  title: string | undefined,
  path: string,
  losses: Losses,
): MediaPart {
  const kind = kindOf(mediaType);
  if (kind === 'document') return { kind, source, ...(title !== undefined && { title }) };
  if (title !== undefined) losses.once(`${path}.displayName`, 'only documents keep their names');
  return { kind, source };
}

function kindOf(mediaType: string): MediaPart['kind'] {
  const family = mediaType.slice(0, mediaType.indexOf('/'));
  return family === 'image' || family === 'audio' || family === 'video' ? family : 'document';
}
