import type { MediaSource } from '../neutral/parts.ts';
import { bad } from './read.ts';

/**
 * Where the bytes of an image, a file or a video are, as Chat tells it: in a `data:` URL, or at an address.
 * @throws RelayError invalid_request where a `data:` URL is broken
 */
export function sourceOfUrl(url: string, path: string): MediaSource {
  if (!url.startsWith('data:')) return { kind: 'url', url };
  const comma = url.indexOf(',');
  if (comma === -1) throw bad(path, 'is a data URL without data');
  const [mediaType = '', ...parameters] = url.slice(5, comma).split(';');
  const data = url.slice(comma + 1);
  const isBase64 = parameters.some((parameter) => parameter.trim() === 'base64');
  return { kind: 'base64', mediaType: mediaType || 'text/plain', data: isBase64 ? data : base64Of(data, path) };
}

function base64Of(escaped: string, path: string): string {
  try {
    return Buffer.from(decodeURIComponent(escaped)).toString('base64');
  } catch {
    throw bad(path, 'is a data URL with broken escapes');
  }
}

export function dataUrl(mediaType: string, data: string): string {
  return `data:${mediaType};base64,${data}`;
}
