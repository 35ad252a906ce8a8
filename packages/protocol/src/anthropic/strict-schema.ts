import { asObject, type JsonObject } from '../json/parse.ts';
import type { LossList } from './loss-list.ts';

/** Keywords that the upstream refuses in schemas it guarantees. */
const refused = new Set([
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  '$schema',
]);
/** Keywords whose value is a table of schemas by name; the names are not keywords. */
const tables = new Set(['properties', '$defs', 'definitions']);
/** Keywords whose value is data. */
const data = new Set(['enum', 'const', 'default', 'examples', 'required']);

/**
 * A JSON Schema of another protocol's client as Anthropic takes it where it guarantees the outcome: objects are closed, and bounds, which it
 * does not guarantee, are left out.
 */
export function strictSchema(schema: JsonObject, path: string, losses: LossList): JsonObject {
  const strict: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (refused.has(key)) losses.add(path, `the provider does not guarantee ${key}`);
    else strict[key] = strictValue(key, value, path, losses);
  }
  const isObject = strict['type'] === 'object' || asObject(strict['properties']) !== undefined;
  if (isObject && strict['additionalProperties'] === undefined) strict['additionalProperties'] = false;
  return strict;
}

function strictValue(key: string, value: unknown, path: string, losses: LossList): unknown {
  if (data.has(key)) return value;
  if (Array.isArray(value)) return value.map((entry) => strictValue('', entry, path, losses));
  const object = asObject(value);
  if (!object) return value;
  if (!tables.has(key)) return strictSchema(object, path, losses);
  const named = Object.entries(object).map(([name, entry]) => [name, strictValue('', entry, path, losses)]);
  return Object.fromEntries(named);
}
