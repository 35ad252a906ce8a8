import type { JsonObject } from '../json/parse.ts';
import type { ImagePart, OpaquePart, Part } from '../neutral/parts.ts';
import type { Signature } from '../neutral/signature.ts';
import { flagOf, objectOf, textOf } from './fields.ts';
import type { Losses } from './losses.ts';
import { type MediaPart, parseFileData, parseInlineData } from './parse-media.ts';
import { openSlot } from './signature-slot.ts';

/** Fields that say something about a part rather than being its content. */
const flags: ReadonlySet<string> = new Set(['thought', 'thoughtSignature', 'mediaResolution', 'partMetadata']);

/** The parts that one of Gemini's is, calls and results of functions excepted: a signed text is a text and the signature behind it. */
export function parsePart(part: JsonObject, path: string, losses: Losses): readonly Part[] {
  const signature = openSlot(textOf(part, 'thoughtSignature', path));
  if (flagOf(part, 'thought', path)) return parseThought(part, signature, path);
  if (part['partMetadata'] !== undefined) losses.once(`${path}.partMetadata`, 'metadata of parts is not passed on');
  const content = parseContent(part, path, losses);
  return signature && content.kind !== 'opaque' ? [content, carrierOf(signature)] : [content];
}

/** The signature of something other than a thought: Gemini wants it back behind what it signed. */
export function carrierOf(signature: Signature): Part {
  return { kind: 'thinking', text: '', isRedacted: true, signature };
}

/** A thought without a `text` is one of which nothing readable was ever told; one whose text is empty was only not shown. */
function parseThought(part: JsonObject, signature: Signature | undefined, path: string): readonly Part[] {
  const text = textOf(part, 'text', path);
  if (!text && !signature) return [];
  return [
    {
      kind: 'thinking',
      text: text ?? '',
      ...(signature && { signature }),
      ...(text === undefined && { isRedacted: true }),
    },
  ];
}

function parseContent(part: JsonObject, path: string, losses: Losses): Part {
  const text = textOf(part, 'text', path);
  if (text !== undefined) return { kind: 'text', text };
  // Which seconds of a film are meant has no place in a neutral part.
  const media = part['videoMetadata'] === undefined ? parseMedia(part, path, losses) : undefined;
  return media ?? opaquePart(part);
}

function parseMedia(part: JsonObject, path: string, losses: Losses): MediaPart | undefined {
  const inline = objectOf(part, 'inlineData', path);
  const file = inline ? undefined : objectOf(part, 'fileData', path);
  const media = inline
    ? parseInlineData(inline, `${path}.inlineData`, losses)
    : file && parseFileData(file, `${path}.fileData`, losses);
  const level = media && textOf(objectOf(part, 'mediaResolution', path) ?? {}, 'level', `${path}.mediaResolution`);
  if (!media || level === undefined) return media;
  const detail = details.get(level);
  if (media.kind === 'image' && detail) return { ...media, detail };
  losses.once(`${path}.mediaResolution`, 'only images keep their resolution');
  return media;
}

const details: ReadonlyMap<string, ImagePart['detail']> = new Map([
  ['MEDIA_RESOLUTION_LOW', 'low'],
  ['MEDIA_RESOLUTION_MEDIUM', 'auto'],
  ['MEDIA_RESOLUTION_HIGH', 'high'],
  ['MEDIA_RESOLUTION_ULTRA_HIGH', 'original'],
]);

function opaquePart(part: JsonObject): OpaquePart {
  const name = Object.keys(part).find((key) => !flags.has(key)) ?? 'part';
  return { kind: 'opaque', protocol: 'gemini', name, value: part };
}
