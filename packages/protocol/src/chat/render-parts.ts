import { foreignPart } from '../neutral/foreign.ts';
import type { AudioPart, DocumentPart, ImagePart, MediaSource, Part, VideoPart } from '../neutral/parts.ts';
import { dataUrl } from './data-url.ts';
import type { Losses } from './losses.ts';
import type { ModelRules } from './model-rules.ts';
import { bad } from './read.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The part of a message's content that a part of a user's turn becomes, without its cache mark; nothing where it is lost. */
export function renderUserPart(part: Part, path: string, rules: ModelRules, losses: Losses): Fields | undefined {
  switch (part.kind) {
    case 'text':
      return { type: 'text', text: part.text };
    case 'image':
      return renderImage(part, path);
    case 'document':
      return renderDocument(part, path, losses);
    case 'audio':
      return renderAudio(part, path);
    case 'video':
      return renderVideo(part, path, rules);
    case 'refusal':
      return { type: 'text', text: part.text };
    case 'opaque': {
      if (part.protocol === 'openai-chat') return part.value as Fields;
      const { path: place, reason } = foreignPart(part, path);
      losses.add(place, reason);
      return undefined;
    }
    case 'thinking':
      losses.add(path, 'thinking has no place in a turn of the user');
      return undefined;
    case 'tool_call':
      throw bad(path, 'a call of a tool must stand in a turn of the assistant');
    case 'tool_result':
      return undefined;
  }
}

export function renderImage({ source, detail }: ImagePart, path: string): Fields {
  return { type: 'image_url', image_url: { url: urlOf(source, path), detail } };
}

function urlOf(source: MediaSource, path: string): string {
  switch (source.kind) {
    case 'base64':
      return dataUrl(source.mediaType, source.data);
    case 'url':
      return source.url;
    default:
      throw bad(path, 'must hold its bytes or an address: the provider cannot reach what it names');
  }
}

/** Texts stand in the prompt as they are; all other documents are files. */
export function renderDocument(part: DocumentPart, path: string, losses: Losses): Fields {
  const { source, title, context } = part;
  if (part.isCited) throw bad(`${path}.citations`, 'the model asked for is served without citations of documents');
  const text = textOf(source);
  if (text !== undefined)
    return { type: 'text', text: [title && `# ${title}`, context, text].filter(Boolean).join('\n\n') };
  if (context) losses.add(`${path}.context`, 'a file has no context here');
  if (source.kind === 'base64') {
    const filename = title ?? `document.${source.mediaType === 'application/pdf' ? 'pdf' : 'bin'}`;
    return { type: 'file', file: { filename, file_data: dataUrl(source.mediaType, source.data) } };
  }
  if (source.kind === 'file' && source.protocol.startsWith('openai-')) {
    return { type: 'file', file: { file_id: source.id, filename: title } };
  }
  throw bad(path, 'must hold its bytes: the provider cannot fetch documents');
}

function textOf(source: MediaSource): string | undefined {
  if (source.kind === 'text') return source.text;
  if (source.kind !== 'base64' || !/^text\//.test(source.mediaType)) return undefined;
  return Buffer.from(source.data, 'base64').toString();
}

function renderAudio({ source }: AudioPart, path: string): Fields {
  const format = source.kind === 'base64' ? audioFormat(source.mediaType) : undefined;
  if (source.kind !== 'base64' || !format) throw bad(path, 'must be WAV or MP3 with its bytes');
  return { type: 'input_audio', input_audio: { data: source.data, format } };
}

function audioFormat(mediaType: string): 'wav' | 'mp3' | undefined {
  if (/wav/.test(mediaType)) return 'wav';
  return /mp3|mpeg/.test(mediaType) ? 'mp3' : undefined;
}

/** Not OpenAI's: Kimi, GLM, Qwen and MiniMax share this form. */
function renderVideo({ source }: VideoPart, path: string, rules: ModelRules): Fields {
  if (!rules.takesVideo) throw bad(path, 'the model asked for takes no video');
  return { type: 'video_url', video_url: { url: urlOf(source, path) } };
}
