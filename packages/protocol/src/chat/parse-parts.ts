import { asObject, asText, type JsonObject } from '../json/parse.ts';
import type { CacheMark, Citation, DocumentPart, ImagePart, MediaSource, Part } from '../neutral/parts.ts';
import { sourceOfUrl } from './data-url.ts';
import { arrayAt, bad, objectAt, optionalText, textAt } from './read.ts';

/**
 * The content of a message: a text, or parts; nothing where it is null. Parts of kinds that are not known stay opaque.
 * @throws RelayError invalid_request with the path of what is malformed
 */
export function parseContent(content: unknown, path: string): Part[] {
  if (content === undefined || content === null) return [];
  if (typeof content === 'string') return [{ kind: 'text', text: content }];
  return arrayAt(content, path).map((part, index) => parsePart(part, `${path}.${index}`));
}

function parsePart(value: unknown, path: string): Part {
  if (typeof value === 'string') return { kind: 'text', text: value };
  const part = objectAt(value, path);
  const cache = cacheMarkOf(part);
  switch (part['type']) {
    case 'text':
    case 'input_text':
    case 'output_text':
      return { kind: 'text', text: textAt(part['text'], `${path}.text`), cache };
    case 'refusal':
      return { kind: 'refusal', text: textAt(part['refusal'], `${path}.refusal`) };
    case 'image_url':
      return { ...parseImage(part['image_url'], `${path}.image_url`), cache };
    case 'video_url':
      return { kind: 'video', source: mediaAt(part['video_url'], `${path}.video_url`), cache };
    case 'input_audio':
      return { kind: 'audio', source: parseAudio(part['input_audio'], `${path}.input_audio`), cache };
    case 'file':
      return { ...parseFile(part['file'], `${path}.file`), cache };
    case 'thinking':
      return { kind: 'thinking', text: textOfParts(part['thinking']) };
    default:
      return { kind: 'opaque', protocol: 'openai-chat', name: asText(part['type']) ?? 'part', value, cache };
  }
}

/** OpenAI's mark, or the one that aggregators took over from Anthropic. OpenAI keeps for half an hour: nearer to the short mark. */
export function cacheMarkOf(part: JsonObject): CacheMark | undefined {
  if (asObject(part['prompt_cache_breakpoint'])) return '5m';
  const control = asObject(part['cache_control']);
  if (!control) return undefined;
  return control['ttl'] === '1h' ? '1h' : '5m';
}

function mediaAt(value: unknown, path: string): MediaSource {
  const url = typeof value === 'string' ? value : textAt(objectAt(value, path)['url'], `${path}.url`);
  return sourceOfUrl(url, `${path}.url`);
}

const details = ['low', 'high', 'auto', 'original'] as const;

function parseImage(value: unknown, path: string): ImagePart {
  const detail = details.find((known) => known === asObject(value)?.['detail']);
  return { kind: 'image', source: mediaAt(value, path), detail };
}

function parseAudio(value: unknown, path: string): MediaSource {
  const audio = objectAt(value, path);
  const data = textAt(audio['data'], `${path}.data`);
  if (data.startsWith('data:')) return sourceOfUrl(data, `${path}.data`);
  return { kind: 'base64', mediaType: `audio/${optionalText(audio['format'], `${path}.format`) ?? 'wav'}`, data };
}

function parseFile(value: unknown, path: string): DocumentPart {
  const file = objectAt(value, path);
  const title = optionalText(file['filename'], `${path}.filename`);
  const id = optionalText(file['file_id'], `${path}.file_id`);
  if (id !== undefined) return { kind: 'document', source: { kind: 'file', protocol: 'openai-chat', id }, title };
  const data = optionalText(file['file_data'], `${path}.file_data`);
  if (data === undefined) throw bad(path, 'must have file_data or file_id');
  if (/^(data|https?):/.test(data.slice(0, 8))) {
    return { kind: 'document', source: sourceOfUrl(data, `${path}.file_data`), title };
  }
  // Some clients leave the head of the data URL out.
  return { kind: 'document', source: { kind: 'base64', mediaType: 'application/pdf', data }, title };
}

/** The text of Mistral's nested parts: `[{type:'text', text}]`, or a text as it is. */
export function textOfParts(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return '';
  return value.map((part) => asText(asObject(part)?.['text']) ?? '').join('');
}

/** The web pages that an answer names. */
export function citationsOf(annotations: unknown): Citation[] {
  if (!Array.isArray(annotations)) return [];
  return annotations.flatMap((value: unknown) => {
    const annotation = asObject(value);
    if (!annotation) return [];
    const cited = asObject(annotation['url_citation']);
    return [{ protocol: 'openai-chat', url: asText(cited?.['url']), title: asText(cited?.['title']), value }];
  });
}
