import type { AudioPart, DocumentPart, ImagePart, MediaSource, VideoPart } from '../neutral/parts.ts';
import { bad } from './fields.ts';
import type { Losses } from './losses.ts';
import { mediaTypeOfUrl } from './media-types.ts';
import type { ModelRules } from './model-rules.ts';

type Media = ImagePart | DocumentPart | AudioPart | VideoPart;

/**
 * The fields of a media part, as JSON without its braces. Addresses stay addresses where the model reads them: the relay downloads nothing.
 * @throws RelayError invalid_request with the path of what this model cannot be shown
 */
export function renderSource(source: MediaSource, path: string, rules: ModelRules): string {
  switch (source.kind) {
    case 'base64':
      return inline(source.mediaType, source.data);
    case 'text':
      return inline('text/plain', Buffer.from(source.text).toString('base64'));
    case 'url':
      if (!rules.readsUrls) throw bad(`${path}.source.url`, 'this model reads no addresses: send the bytes instead');
      if (!/^https:/i.test(source.url)) throw bad(`${path}.source.url`, 'must be an https address for this provider');
      return fileData(source.url, source.mediaType ?? mediaTypeOfUrl(source.url));
    case 'file':
      if (source.protocol !== 'gemini') throw bad(`${path}.source`, 'a file of another provider cannot be read');
      return fileData(source.id, source.mediaType);
  }
}

function inline(mediaType: string, data: string): string {
  return `"inlineData":{"mimeType":${JSON.stringify(mediaType)},"data":${JSON.stringify(data)}}`;
}

function fileData(uri: string, mediaType: string | undefined): string {
  const type = mediaType === undefined ? '' : `"mimeType":${JSON.stringify(mediaType)},`;
  return `"fileData":{${type}"fileUri":${JSON.stringify(uri)}}`;
}

const resolutions = {
  low: 'MEDIA_RESOLUTION_LOW',
  auto: undefined,
  high: 'MEDIA_RESOLUTION_HIGH',
  original: 'MEDIA_RESOLUTION_ULTRA_HIGH',
} as const;

/** Media parts as JSON without their braces, a document's title and context in a text before it. */
export function renderMedia(part: Media, path: string, rules: ModelRules, losses: Losses): readonly string[] {
  if (part.kind !== 'document')
    return [renderSource(part.source, path, rules) + resolutionOf(part, path, rules, losses)];
  if (part.isCited) losses.once(`${path}.citations`, 'the provider cites no documents');
  const header = [part.title && `Title: ${part.title}`, part.context].filter(Boolean).join('\n');
  if (header === '') return [renderSource(part.source, path, rules)];
  if (part.source.kind === 'text') return [textField(`${header}\n\n${part.source.text}`)];
  return [textField(header), renderSource(part.source, path, rules)];
}

export function textField(text: string): string {
  return `"text":${JSON.stringify(text)}`;
}

function resolutionOf(part: Media, path: string, rules: ModelRules, losses: Losses): string {
  const level = part.kind === 'image' && part.detail ? resolutions[part.detail] : undefined;
  if (!level) return '';
  if (rules.hasMediaInResults) return `,"mediaResolution":{"level":"${level}"}`;
  losses.once(`${path}.detail`, 'this model takes no resolution of images');
  return '';
}
