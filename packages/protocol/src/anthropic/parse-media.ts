import type { JsonObject } from '../json/parse.ts';
import type { MediaSource } from '../neutral/parts.ts';
import { badField, optionalObject, requiredText } from './fields.ts';

/**
 * The source of an image or a document.
 *
 * @returns undefined for a kind that has no neutral name (a document made of blocks)
 * @throws RelayError invalid_request
 */
export function parseSource(block: JsonObject, path: string, of: 'image' | 'document'): MediaSource | undefined {
  const source = optionalObject(block, 'source', path);
  if (!source) throw badField(`${path}source`, 'is required');
  const inner = `${path}source.`;
  switch (requiredText(source, 'type', inner)) {
    case 'base64':
      return {
        kind: 'base64',
        mediaType: requiredText(source, 'media_type', inner),
        data: requiredText(source, 'data', inner),
      };
    case 'url':
      return {
        kind: 'url',
        url: requiredText(source, 'url', inner),
        ...(of === 'document' ? { mediaType: 'application/pdf' } : {}),
      };
    case 'text':
      return { kind: 'text', text: requiredText(source, 'data', inner) };
    case 'file':
      return { kind: 'file', protocol: 'anthropic-messages', id: requiredText(source, 'file_id', inner) };
    default:
      return undefined;
  }
}
