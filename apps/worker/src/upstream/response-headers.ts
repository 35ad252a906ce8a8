import { type HeaderLines, headerLine } from '../http1/header-lines.ts';
import { withoutBlanks } from '../http1/without-blanks.ts';
import { BrokenAnswerError } from './http1/broken-answer.ts';

/** What comes down, by name. Upstream rate limits, organization ids, cookies and server names describe us, not the caller. */
const passedOn = [
  'content-type',
  'content-disposition',
  'cache-control',
  'openai-processing-ms',
  'openai-version',
  'x-codex-turn-state',
  'x-models-etag',
] as const;
/** What is only read. */
const readHere = ['content-encoding', 'retry-after'] as const;
/** What says where the answer ends, and whether its connection carries another one. */
const framing = ['content-length', 'transfer-encoding', 'connection', 'keep-alive'] as const;

type WantedName = (typeof passedOn)[number] | (typeof readHere)[number] | (typeof framing)[number];

/** The headers of an upstream's answer that anybody looks at. */
export type ResponseHeaders = { readonly [Name in WantedName]?: string };

/** By their length, which rules most headers out at once: providers send some thirty. */
const wantedByLength: WantedName[][] = [];
for (const name of [...passedOn, ...readHere, ...framing]) {
  wantedByLength[name.length] ??= [];
  wantedByLength[name.length]?.push(name);
}

/**
 * Those headers among all that an upstream sent. Of one that is there several times the first counts, but `connection` is a list, and two
 * different lengths are an answer that two readers see the end of in two places.
 * @param lines header lines, each but for the last with its line end
 * @throws BrokenAnswerError
 */
export function wantedHeaders(lines: string): ResponseHeaders {
  const headers: { [Name in WantedName]?: string } = {};
  for (let start = 0; start < lines.length; ) {
    const found = lines.indexOf('\r\n', start);
    const end = found < 0 ? lines.length : found;
    const colon = lines.indexOf(':', start);
    if (colon <= start || colon > end) throw new BrokenAnswerError('a header of the answer has no name');
    const candidates = wantedByLength[colon - start];
    if (candidates !== undefined) {
      const sent = lines.slice(start, colon).toLowerCase();
      for (const name of candidates) if (name === sent) add(headers, name, withoutBlanks(lines, colon + 1, end));
    }
    start = end + 2;
  }
  return headers;
}

function add(headers: { [Name in WantedName]?: string }, name: WantedName, value: string): void {
  const before = headers[name];
  if (before === undefined) headers[name] = value;
  else if (name === 'connection') headers[name] = `${before}, ${value}`;
  else if (name === 'transfer-encoding' || (name === 'content-length' && before !== value))
    throw new BrokenAnswerError('the answer says twice where it ends');
}

/** Headers of the upstream's answer that the client may see. */
export function responseLines(from: Readonly<Record<string, string | string[] | undefined>>): HeaderLines {
  let lines = '';
  for (const name of passedOn) {
    const value = from[name];
    if (typeof value === 'string') lines += headerLine(name, value);
  }
  return lines;
}
