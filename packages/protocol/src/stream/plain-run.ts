import { byte } from '../json/bytes.ts';

/** What a delta begins with, up to its text, where it is laid out as Anthropic does. */
const deltaBeginning =
  /event: content_block_delta\ndata: \{"type":"content_block_delta","index":\d+,"delta":\{"type":"(?:text_delta","text|thinking_delta","thinking|input_json_delta","partial_json)":"/y;
const deltaEnding = '"}}\n\n';

/** Events that follow one another, and the index behind the last of them. */
export interface PlainRun {
  readonly end: number;
  readonly events: number;
}

/**
 * The text deltas of one block that stand there one behind the other, each with at least a token. A burst of them comes in one piece, and
 * comparing how they begin takes a quarter of the time that reading each does.
 *
 * @param source bytes as they are, one character each ('latin1')
 */
export function plainRun(source: string, start: number): PlainRun {
  deltaBeginning.lastIndex = start;
  const beginning = deltaBeginning.exec(source)?.[0];
  let end = start;
  let events = 0;
  while (beginning !== undefined) {
    const textStart = end + beginning.length;
    // Comparing a piece takes a third of the time that `startsWith` does.
    if (source.slice(end, textStart) !== beginning || source.charCodeAt(textStart) === byte.quote) break;
    // A line feed inside a JSON text is always escaped.
    const textEnd = source.indexOf('\n', textStart) - 3;
    if (textEnd <= textStart || source.slice(textEnd, textEnd + deltaEnding.length) !== deltaEnding) break;
    end = textEnd + deltaEnding.length;
    events++;
  }
  return { end, events };
}
