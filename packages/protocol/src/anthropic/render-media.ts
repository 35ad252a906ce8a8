import type { DocumentPart, ImagePart, MediaSource } from '../neutral/parts.ts';
import { badField } from './fields.ts';

const imageTypes = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp']);
const textTypes = /^(text\/|application\/(json|xml|javascript|x-yaml|yaml|toml)\b)/;

/**
 * The source of an image as JSON text.
 *
 * @throws RelayError invalid_request where the provider takes no such image
 */
export function imageSource({ source }: ImagePart, path: string): string {
  switch (source.kind) {
    case 'base64':
      if (!imageTypes.has(source.mediaType)) throw badField(path, 'the provider takes jpeg, png, gif and webp images');
      return base64Source(source);
    case 'url':
      return `{"type":"url","url":${JSON.stringify(source.url)}}`;
    case 'text':
      throw badField(path, 'the provider takes no text as an image');
    case 'file':
      return fileSource(source, path);
  }
}

/**
 * The source of a document as JSON text. Any kind of text may be one; of other kinds, PDF.
 *
 * @throws RelayError invalid_request where the provider takes no such document
 */
export function documentSource({ source }: DocumentPart, path: string): string {
  switch (source.kind) {
    case 'base64':
      if (source.mediaType === 'application/pdf') return base64Source(source);
      if (!textTypes.test(source.mediaType)) throw badField(path, 'the provider takes PDF and text documents');
      return textSource(Buffer.from(source.data, 'base64').toString());
    case 'url':
      return `{"type":"url","url":${JSON.stringify(source.url)}}`;
    case 'text':
      return textSource(source.text);
    case 'file':
      return fileSource(source, path);
  }
}

function base64Source({ mediaType, data }: Extract<MediaSource, { kind: 'base64' }>): string {
  return `{"type":"base64","media_type":${JSON.stringify(mediaType)},"data":${JSON.stringify(data)}}`;
}

function textSource(text: string): string {
  return `{"type":"text","media_type":"text/plain","data":${JSON.stringify(text)}}`;
}

function fileSource({ protocol, id }: Extract<MediaSource, { kind: 'file' }>, path: string): string {
  if (protocol !== 'anthropic-messages') throw badField(path, 'the file is held by another provider');
  return `{"type":"file","file_id":${JSON.stringify(id)}}`;
}
