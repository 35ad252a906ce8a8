import { asObject, type JsonObject } from '../json/parse.ts';
import { camelKeys } from './fields.ts';

/** Counts that Google's Schema has as text, as its int64 fields are in JSON. */
const counts: ReadonlySet<string> = new Set([
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
  'minProperties',
  'maxProperties',
]);

/**
 * Google's own Schema (of `parameters` and `responseSchema`), a part of OpenAPI 3.0's, as JSON Schema: upper-case types, `nullable`,
 * `example` and counts in text are what differs. What is JSON Schema already stays as it is.
 */
export function readGoogleSchema(schema: JsonObject): JsonObject {
  const read: Record<string, unknown> = {};
  const fields = camelKeys(schema, '');
  for (const [key, value] of Object.entries(fields)) {
    if (key === 'type' || key === 'nullable') continue;
    if (key === 'example') read['examples'] = [value];
    else read[key] = counts.has(key) ? Number(value) : readValue(key, value);
  }
  const type = typeOf(fields);
  return type === undefined ? read : { type, ...read };
}

function typeOf({ type, nullable }: JsonObject): unknown {
  if (typeof type !== 'string') return type;
  if (type === 'TYPE_UNSPECIFIED') return undefined;
  const name = type.toLowerCase();
  return nullable === true && name !== 'null' ? [name, 'null'] : name;
}

function readValue(key: string, value: unknown): unknown {
  switch (key) {
    case 'properties':
    case '$defs':
    case 'defs':
      return mapValues(value);
    case 'items':
    case 'additionalProperties':
      return readOne(value);
    case 'anyOf':
    case 'oneOf':
    case 'allOf':
    case 'prefixItems':
      return Array.isArray(value) ? value.map(readOne) : value;
    default:
      return value;
  }
}

function readOne(value: unknown): unknown {
  const schema = asObject(value);
  return schema ? readGoogleSchema(schema) : value;
}

function mapValues(value: unknown): unknown {
  const schemas = asObject(value);
  if (!schemas) return value;
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, readOne(schema)]));
}
