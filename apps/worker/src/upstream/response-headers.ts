import { type HeaderLines, headerLine } from '../http1/header-lines.ts';

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

type WantedName = (typeof passedOn)[number] | (typeof readHere)[number];

/** The headers of an upstream's answer that anybody looks at. */
export type ResponseHeaders = { readonly [Name in WantedName]?: string };

interface Wanted {
  readonly name: WantedName;
  readonly codes: Buffer;
}

/** By their length, which rules most headers out at once. */
const wantedByLength: Wanted[][] = [];
for (const name of [...passedOn, ...readHere]) {
  wantedByLength[name.length] ??= [];
  wantedByLength[name.length]?.push({ name, codes: Buffer.from(name, 'latin1') });
}

/**
 * Those headers among all that an upstream sent; of one that is there twice the first.
 * @param raw names and values in turn, as they came
 */
export function wantedHeaders(raw: readonly Buffer[]): ResponseHeaders {
  const headers: { [Name in WantedName]?: string } = {};
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const sent = raw[at] as Buffer;
    const name = wantedByLength[sent.length]?.find(({ codes }) => isSameName(sent, codes))?.name;
    if (name !== undefined) headers[name] ??= (raw[at + 1] as Buffer).toString('latin1');
  }
  return headers;
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

const caseBit = 0x20;

/** Names of headers are the same in capitals; ours are written small. */
function isSameName(sent: Buffer, codes: Buffer): boolean {
  for (let at = 0; at < codes.length; at++) if (((sent[at] as number) | caseBit) !== codes[at]) return false;
  return true;
}
