import type { Citation } from '../neutral/parts.ts';

/**
 * A citation as Chat's annotation: its own as it was, any other by the page that it names; undefined where it names none.
 * @param textLength how long the answer is so far: where others cite from is not told in characters of it
 */
export function annotationOf({ protocol, value, url, title }: Citation, textLength: number): unknown {
  if (protocol === 'openai-chat') return value;
  if (url === undefined) return undefined;
  const url_citation = { start_index: textLength, end_index: textLength, url, title: title ?? url };
  return { type: 'url_citation', url_citation };
}
