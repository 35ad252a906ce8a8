import { byte, findWithin, standsAt } from '../json/bytes.ts';
import type { JsonSpan } from '../json/scan.ts';

/** A longer text is none of the words that rates are asked for by. */
const maxWordBytes = 32;
/** More mentions of a search in one list of tools are not looked at. */
const maxMentions = 64;
/** Looked for instead of the whole word: short, and with a first byte that is rare in JSON, it is found in an eighth of the time. */
const snakeSearch = Buffer.from('_search');
const camelSearch = Buffer.from('Search');
const typeKey = '"type"';

/** The word that a field holds; undefined where it holds anything else. Only bytes count: a word written with escapes is not known. */
export function readWord(body: Buffer, span: JsonSpan | undefined): string | undefined {
  if (span?.kind !== 'string' || span.end - span.start > maxWordBytes) return undefined;
  return body.toString('latin1', span.start + 1, span.end - 1);
}

/** Whether a list of tools has one of a type that begins with `web_search`: Anthropic's and OpenAI's, in all their versions. */
export function hasWebSearchTool(body: Buffer, tools: JsonSpan | undefined): boolean {
  return mentions(body, tools, '"web', snakeSearch, isValueOfType);
}

/** Whether a list of Gemini's tools has its own search. */
export function hasGoogleSearch(body: Buffer, tools: JsonSpan | undefined): boolean {
  return mentions(body, tools, '"google', camelSearch, isAny) || mentions(body, tools, '"google', snakeSearch, isAny);
}

/** Whether a word made of these two parts stands somewhere in the list, at a place that `fits`. */
function mentions(
  body: Buffer,
  tools: JsonSpan | undefined,
  before: string,
  wanted: Buffer,
  fits: (body: Buffer, start: number) => boolean,
): boolean {
  if (tools?.kind !== 'array') return false;
  let from = tools.start;
  for (let mention = 0; mention < maxMentions; mention++) {
    const at = findWithin(body, wanted, from, tools.end);
    if (at === -1) return false;
    const start = at - before.length;
    if (standsAt(body, start, at, before) && fits(body, start)) return true;
    from = at + wanted.length;
  }
  return false;
}

const isAny = () => true;

/** Whether `"type":` stands before a value. */
function isValueOfType(body: Buffer, valueStart: number): boolean {
  const colon = beforeSpace(body, valueStart - 1);
  if (body[colon] !== byte.colon) return false;
  const keyEnd = beforeSpace(body, colon - 1) + 1;
  return standsAt(body, keyEnd - typeKey.length, keyEnd, typeKey);
}

/** The index of the last byte at or before `from` that is not JSON white space. */
function beforeSpace(body: Buffer, from: number): number {
  for (let at = from; ; at--) {
    const c = body[at];
    if (c !== byte.space && c !== byte.lineFeed && c !== byte.carriageReturn && c !== byte.tab) return at;
  }
}
