import { asText, type JsonObject } from '../json/parse.ts';
import type { Citation } from '../neutral/parts.ts';

/** A citation of a block, or of a citations_delta. */
export function readCitation(value: JsonObject): Citation {
  return {
    protocol: 'anthropic-messages',
    title: asText(value['title']) ?? asText(value['document_title']),
    url: asText(value['url']),
    quoted: asText(value['cited_text']),
    value,
  };
}
