import { RelayError } from '@ai-bridge/domain';
import type {
  AudioPart,
  DocumentPart,
  ImagePart,
  MediaSource,
  Part,
  TextPart,
  ToolResultPart,
  VideoPart,
} from '../neutral/parts.ts';
import { invalid } from './fields.ts';
import { contentPrefix } from './parse-content.ts';
import type { Rendering } from './rendering.ts';

const protocol = 'openai-responses';

/** Parts that may stand in a message of the user's. */
export type MessagePart = TextPart | ImagePart | DocumentPart | AudioPart | VideoPart;

/** One part of what is said to the model. @throws RelayError invalid_request for what cannot be said in this protocol */
export function renderInput(part: MessagePart, path: string, rendering: Rendering): Record<string, unknown> {
  const mark = part.cache && rendering.takesMark(path) ? { prompt_cache_breakpoint: { mode: 'explicit' } } : {};
  switch (part.kind) {
    case 'text':
      return { type: 'input_text', text: part.text, ...mark };
    case 'image':
      return { type: 'input_image', detail: part.detail ?? 'auto', ...imageSource(part.source, path), ...mark };
    case 'document':
      return { ...documentOf(part, path, rendering), ...mark };
    case 'audio':
      return { type: 'input_audio', input_audio: audioOf(part.source, path), ...mark };
    case 'video':
      throw invalid(path, 'the model takes no video');
  }
}

function imageSource(source: MediaSource, path: string): Record<string, string> {
  switch (source.kind) {
    case 'base64':
      return { image_url: dataUrl(source.mediaType, source.data) };
    case 'url':
      return { image_url: source.url };
    case 'file':
      return { file_id: ownFile(source, path) };
    case 'text':
      throw invalid(path, 'an image cannot be a text');
  }
}

function documentOf(part: DocumentPart, path: string, rendering: Rendering): Record<string, unknown> {
  if (part.isCited) throw invalid(path, 'the provider cites no documents');
  const { source, title } = part;
  if (source.kind === 'text') return { type: 'input_text', text: titled(source.text, part) };
  if (part.context) rendering.lose(path, 'the context of a document has no place');
  switch (source.kind) {
    case 'base64':
      return {
        type: 'input_file',
        filename: title ?? defaultFilename(source.mediaType),
        file_data: dataUrl(source.mediaType, source.data),
      };
    case 'url':
      return { type: 'input_file', file_url: source.url, ...(title ? { filename: title } : {}) };
    case 'file':
      return { type: 'input_file', file_id: ownFile(source, path), ...(title ? { filename: title } : {}) };
  }
}

function titled(text: string, { title, context }: DocumentPart): string {
  return [title, context, text].filter((line) => line).join('\n\n');
}

/** A file needs a name, whose ending tells what it is. */
function defaultFilename(mediaType: string): string {
  if (mediaType === 'application/pdf') return 'document.pdf';
  return mediaType.startsWith('text/') ? 'document.txt' : 'document';
}

function audioOf(source: MediaSource, path: string): Record<string, string> {
  if (source.kind !== 'base64') throw invalid(path, 'audio must be sent as base64');
  const subtype = source.mediaType.split(';', 1)[0]?.replace(/^audio\/(x-)?/, '');
  const format =
    subtype === 'mpeg' || subtype === 'mp3' ? 'mp3' : subtype === 'wav' || subtype === 'wave' ? 'wav' : undefined;
  if (!format) throw invalid(path, 'audio must be wav or mp3');
  return { data: source.data, format };
}

function ownFile(source: MediaSource & { kind: 'file' }, path: string): string {
  if (source.protocol === protocol) return source.id;
  throw new RelayError('invalid_request', { path, reason: 'the file is held by another provider' });
}

function dataUrl(mediaType: string, data: string): string {
  return `data:${mediaType};base64,${data}`;
}

/** The output of a tool: a string if it is one text. The protocol has no mark for errors, so they are told in words. */
export function renderOutput(part: ToolResultPart, path: string, rendering: Rendering): unknown {
  const marked = part.cache !== undefined && rendering.takesMark(path);
  const [first, ...others] = part.parts;
  const error = part.isError ? 'Error: ' : '';
  if (others.length === 0 && !marked && (first === undefined || (first.kind === 'text' && !first.cache))) {
    return error + (first?.text ?? '');
  }
  const parts = part.parts.map((inner, index) => renderInput(inner, `${path}.content.${index}`, rendering));
  if (error) parts.unshift({ type: 'input_text', text: error.trim() });
  const last = parts.at(-1);
  if (marked && last) last['prompt_cache_breakpoint'] = { mode: 'explicit' };
  return parts;
}

/** One part of what the model said; undefined where it is none that stands in a message. */
export function renderSaid(part: Part): Record<string, unknown> | undefined {
  switch (part.kind) {
    case 'text':
      return { type: 'output_text', text: part.text, ...annotationsOf(part) };
    case 'refusal':
      return { type: 'refusal', refusal: part.text };
    default:
      return ownContent(part);
  }
}

/** A part of a message that is in this protocol's words; undefined where it is none. */
export function ownContent(part: Part): Record<string, unknown> | undefined {
  const isOwn = part.kind === 'opaque' && part.protocol === protocol && part.name.startsWith(contentPrefix);
  return isOwn ? (part.value as Record<string, unknown>) : undefined;
}

/** Sources are told where they are ours; those of others point into their own answers. */
function annotationsOf({ citations = [] }: TextPart): Record<string, unknown> {
  const own = citations.filter((citation) => citation.protocol === protocol);
  return own.length === 0 ? {} : { annotations: own.map(({ value }) => value) };
}
