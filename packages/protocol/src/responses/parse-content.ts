import { asObject, asText, type JsonObject } from '../json/parse.ts';
import type {
  AudioPart,
  Citation,
  DocumentPart,
  ImagePart,
  MediaSource,
  Part,
  RefusalPart,
  TextPart,
} from '../neutral/parts.ts';
import { invalid, objectAt, objectField, requiredText, textField } from './fields.ts';

const protocol = 'openai-responses';
const details = ['low', 'high', 'auto', 'original'] as const;

/** Stands before the type in the name of an opaque part that was a part of a message, not an item. */
export const contentPrefix = 'content_part.';

/** The parts of a message: a string, or a list of which the unknown ones are opaque. */
export function parseContent(content: unknown, path: string): Part[] {
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }];
  if (content === undefined || content === null) return [];
  if (!Array.isArray(content)) throw invalid(path, 'must be a string or an array');
  return content.map((value: unknown, index) => {
    const part = objectAt(value, `${path}.${index}`);
    return parsePart(part, `${path}.${index}.`) ?? opaquePart(part, `${path}.${index}.`);
  });
}

function opaquePart(part: JsonObject, at: string): Part {
  return { kind: 'opaque', protocol, name: contentPrefix + requiredText(part, 'type', at), value: part };
}

type ContentPart = TextPart | ImagePart | DocumentPart | AudioPart | RefusalPart;

/** @returns undefined where the part is of a type that has no neutral form */
export function parsePart(part: JsonObject, at: string): ContentPart | undefined {
  switch (part['type']) {
    case 'input_text':
    case 'output_text':
    case 'text':
      return { ...markOf(part), kind: 'text', text: requiredText(part, 'text', at), ...citationsOf(part) };
    case 'refusal':
      return { kind: 'refusal', text: requiredText(part, 'refusal', at) };
    case 'input_image':
      return { ...markOf(part), kind: 'image', source: imageSource(part, at), ...detailOf(part) };
    case 'input_file':
      return { ...markOf(part), kind: 'document', source: fileSource(part, at), ...titleOf(part, at) };
    case 'input_audio':
      return { ...markOf(part), kind: 'audio', source: audioSource(part, at) };
    default:
      return undefined;
  }
}

/** OpenAI keeps a marked prefix for at least 30 minutes; no mark of ours says that, and the shorter promises less. */
function markOf(part: JsonObject): { cache?: '5m' } {
  return asObject(part['prompt_cache_breakpoint']) ? { cache: '5m' } : {};
}

function detailOf(part: JsonObject): Pick<ImagePart, 'detail'> {
  const detail = details.find((known) => known === part['detail']);
  return detail ? { detail } : {};
}

function titleOf(part: JsonObject, at: string): Pick<DocumentPart, 'title'> {
  const title = textField(part, 'filename', at);
  return title ? { title } : {};
}

function imageSource(part: JsonObject, at: string): MediaSource {
  const url = textField(part, 'image_url', at);
  if (url) return urlSource(url);
  const id = textField(part, 'file_id', at);
  if (id) return { kind: 'file', protocol, id };
  throw invalid(`${at}image_url`, 'is required');
}

function fileSource(part: JsonObject, at: string): MediaSource {
  const data = textField(part, 'file_data', at);
  // Bare base64 is taken as well; PDF is what every model reads.
  if (data) return data.startsWith('data:') ? urlSource(data) : base64('application/pdf', data);
  const url = textField(part, 'file_url', at);
  if (url) return urlSource(url);
  const id = textField(part, 'file_id', at);
  if (id) return { kind: 'file', protocol, id };
  throw invalid(`${at}file_data`, 'is required');
}

function audioSource(part: JsonObject, at: string): MediaSource {
  const audio = objectField(part, 'input_audio', at);
  if (!audio) throw invalid(`${at}input_audio`, 'is required');
  const format = requiredText(audio, 'format', `${at}input_audio.`);
  return base64(format === 'mp3' ? 'audio/mpeg' : `audio/${format}`, requiredText(audio, 'data', `${at}input_audio.`));
}

function base64(mediaType: string, data: string): MediaSource {
  return { kind: 'base64', mediaType, data };
}

const base64Marker = ';base64';

/** A data URL is taken apart; one that is not base64 stays a URL, as nobody sends these. */
function urlSource(url: string): MediaSource {
  if (!url.startsWith('data:')) return { kind: 'url', url };
  const comma = url.indexOf(',');
  const head = url.slice('data:'.length, Math.max(comma, 0));
  if (!head.endsWith(base64Marker)) return { kind: 'url', url };
  const mediaType = head.slice(0, -base64Marker.length).split(';', 1)[0] || 'application/octet-stream';
  return base64(mediaType, url.slice(comma + 1));
}

function citationsOf(part: JsonObject): Pick<TextPart, 'citations'> {
  const annotations = part['annotations'];
  if (!Array.isArray(annotations) || annotations.length === 0) return {};
  return { citations: annotations.map(citationOf) };
}

/** An annotation of an output text. */
export function citationOf(value: unknown): Citation {
  const annotation = asObject(value);
  const title = asText(annotation?.['title']) ?? asText(annotation?.['filename']);
  return { protocol, title, url: asText(annotation?.['url']), value };
}
