import { RelayError } from '@ai-bridge/domain';
import { asObject, type JsonObject } from '../json/parse.ts';

/** The 400 for a field that is malformed, or that cannot be said to the upstream. */
export function badField(path: string, reason: string): RelayError {
  return new RelayError('invalid_request', { path, reason });
}

/** Absent and null both mean that the client did not say. */
function given(object: JsonObject, key: string): unknown {
  return object[key] ?? undefined;
}

/** @throws RelayError invalid_request where it is there and no string */
export function optionalText(object: JsonObject, key: string, path: string): string | undefined {
  const value = given(object, key);
  if (value === undefined || typeof value === 'string') return value;
  throw badField(`${path}${key}`, 'must be a string');
}

/** @throws RelayError invalid_request where it is no string */
export function requiredText(object: JsonObject, key: string, path: string): string {
  const text = optionalText(object, key, path);
  if (text === undefined) throw badField(`${path}${key}`, 'is required');
  return text;
}

/** @throws RelayError invalid_request where it is there and no number */
export function optionalNumber(object: JsonObject, key: string, path = ''): number | undefined {
  const value = given(object, key);
  if (value === undefined || (typeof value === 'number' && Number.isFinite(value))) return value;
  throw badField(`${path}${key}`, 'must be a number');
}

/** @throws RelayError invalid_request where it is there and no boolean */
export function optionalFlag(object: JsonObject, key: string, path: string): boolean | undefined {
  const value = given(object, key);
  if (value === undefined || typeof value === 'boolean') return value;
  throw badField(`${path}${key}`, 'must be true or false');
}

/** @throws RelayError invalid_request where it is there and no object */
export function optionalObject(object: JsonObject, key: string, path: string): JsonObject | undefined {
  const value = given(object, key);
  return value === undefined ? undefined : objectAt(value, `${path}${key}`);
}

/** @throws RelayError invalid_request where it is there and no array */
export function optionalArray(object: JsonObject, key: string, path: string): readonly unknown[] | undefined {
  const value = given(object, key);
  if (value === undefined || Array.isArray(value)) return value;
  throw badField(`${path}${key}`, 'must be an array');
}

/** @throws RelayError invalid_request where it is there and no array of strings */
export function optionalTexts(object: JsonObject, key: string, path: string): readonly string[] | undefined {
  return optionalArray(object, key, path)?.map((text, index) => {
    if (typeof text === 'string') return text;
    throw badField(`${path}${key}.${index}`, 'must be a string');
  });
}

/** @throws RelayError invalid_request where it is no object */
export function objectAt(value: unknown, path: string): JsonObject {
  const object = asObject(value);
  if (!object) throw badField(path, 'must be an object');
  return object;
}

/** The fields of an object but these; undefined where none is left. Null is as good as absent. */
export function otherFields(object: JsonObject, known: ReadonlySet<string>): Record<string, unknown> | undefined {
  let others: Record<string, unknown> | undefined;
  for (const key of Object.keys(object)) {
    if (known.has(key) || object[key] === null) continue;
    others ??= {};
    others[key] = object[key];
  }
  return others;
}
