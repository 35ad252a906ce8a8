import { asObject, asText, type JsonObject } from '../json/parse.ts';
import type { Citation } from '../neutral/parts.ts';

/**
 * The sources that a candidate names: what a search found, each with the places of the answer that it supports, and what the answer
 * recites. `value` is `{groundingChunk, groundingSupports}` or `{citationSource}`.
 */
export function citationsOf(candidate: JsonObject): readonly Citation[] {
  const grounding = asObject(candidate['groundingMetadata']);
  const recited = asObject(candidate['citationMetadata']);
  return [...(grounding ? groundingCitations(grounding) : []), ...(recited ? recitations(recited) : [])];
}

function groundingCitations(grounding: JsonObject): Citation[] {
  const supports = listOf(grounding['groundingSupports']);
  return listOf(grounding['groundingChunks']).flatMap((groundingChunk, index): Citation[] => {
    const source =
      asObject(groundingChunk['web']) ??
      asObject(groundingChunk['retrievedContext']) ??
      asObject(groundingChunk['maps']);
    if (!source) return [];
    const groundingSupports = supports.filter(
      ({ groundingChunkIndices: of }) => Array.isArray(of) && of.includes(index),
    );
    return [
      {
        protocol: 'gemini',
        title: asText(source['title']),
        url: asText(source['uri']),
        quoted: asText(source['text']),
        value: { groundingChunk, groundingSupports },
      },
    ];
  });
}

function recitations(metadata: JsonObject): Citation[] {
  return listOf(metadata['citationSources'] ?? metadata['citations']).map((citationSource) => ({
    protocol: 'gemini',
    title: asText(citationSource['title']),
    url: asText(citationSource['uri']),
    value: { citationSource },
  }));
}

function listOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.map(asObject).filter((entry) => entry !== undefined) : [];
}

/** `groundingMetadata` that names the sources of an answer, whoever told them; undefined where there are none. */
export function groundingOf(citations: readonly Citation[]): JsonObject | undefined {
  if (citations.length === 0) return undefined;
  const supports = citations.flatMap((citation, index) => supportsOf(citation, index));
  return {
    groundingChunks: citations.map(chunkOf),
    ...(supports.length > 0 && { groundingSupports: supports }),
  };
}

function chunkOf({ protocol, title, url, value }: Citation): JsonObject {
  const told = protocol === 'gemini' ? asObject(asObject(value)?.['groundingChunk']) : undefined;
  return told ?? { web: { ...(url !== undefined && { uri: url }), ...(title !== undefined && { title }) } };
}

function supportsOf({ protocol, value }: Citation, index: number): readonly JsonObject[] {
  if (protocol !== 'gemini') return [];
  return listOf(asObject(value)?.['groundingSupports']).map(({ segment }) => ({
    ...(segment !== undefined && { segment }),
    groundingChunkIndices: [index],
  }));
}
