import { asObject, type JsonObject } from '../json/parse.ts';
import type { TextPart, ToolResultPart } from '../neutral/parts.ts';
import { arrayOf, bad, readObject } from './fields.ts';
import type { Losses } from './losses.ts';
import { parsePart } from './parse-part.ts';

/** Fields of a result that only live sessions use. */
const liveFields = ['scheduling', 'willContinue'];

/**
 * What a function returned. Google reads `output` as the result and `error` as a failure; any other object is the result
 * as a whole. `result` is what its own examples write instead of `output`.
 */
export function parseResponse(
  response: JsonObject,
  path: string,
  losses: Losses,
): Pick<ToolResultPart, 'parts' | 'isError'> {
  for (const field of liveFields) {
    if (response[field] !== undefined) losses.once(`${path}.${field}`, 'only live sessions have this');
  }
  const result = asObject(response['response']);
  if (response['response'] !== undefined && !result) throw bad(`${path}.response`, 'must be an object');
  const media = arrayOf(response, 'parts', path).map((entry, index) =>
    parseMediaPart(entry, `${path}.parts.${index}`, losses),
  );
  return { parts: [...textOfResult(result ?? {}), ...media], isError: isFailure(result ?? {}) };
}

function isFailure(result: JsonObject): boolean {
  return 'error' in result && Object.keys(result).length === 1;
}

function textOfResult(result: JsonObject): TextPart[] {
  const [key, ...others] = Object.keys(result);
  if (key === undefined) return [];
  const isWrapped = others.length === 0 && (key === 'output' || key === 'result' || key === 'error');
  const value = isWrapped ? result[key] : result;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text === '' ? [] : [{ kind: 'text', text }];
}

function parseMediaPart(entry: unknown, path: string, losses: Losses): ToolResultPart['parts'][number] {
  const [part] = parsePart(readObject(entry, path), path, losses);
  if (part?.kind === 'image' || part?.kind === 'document') return part;
  throw bad(path, 'must be an image or a document');
}
