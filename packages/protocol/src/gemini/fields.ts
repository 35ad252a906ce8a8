import { RelayError } from '@ai-bridge/domain';
import { asObject, type JsonObject } from '../json/parse.ts';

export function bad(path: string, reason: string): RelayError {
  return new RelayError('invalid_request', { path, reason });
}

/**
 * An object of Google's with its fields in camelCase and without those that are null: Google reads `max_output_tokens` and
 * `maxOutputTokens` alike, and null as absent. One level only, as what lies deeper may be the client's own data.
 *
 * @throws RelayError invalid_request where a field is there in both spellings: only one of them would be obeyed
 */
export function camelKeys(object: JsonObject, path: string): JsonObject {
  let isPlain = true;
  for (const key in object) if (object[key] === null || key.includes('_')) isPlain = false;
  if (isPlain) return object;
  const fields: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object)) {
    if (value === null) continue;
    const name = camelCase(key);
    if (Object.hasOwn(fields, name)) throw bad(joined(path, name), 'is there in two spellings');
    fields[name] = value;
  }
  return fields;
}

function camelCase(key: string): string {
  return key.replace(/_+([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());
}

function joined(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** @throws RelayError invalid_request where it is no object */
export function readObject(value: unknown, path: string): JsonObject {
  const object = asObject(value);
  if (!object) throw bad(path, 'must be an object');
  return camelKeys(object, path);
}

/** The object of a field; undefined where the field is absent. */
export function objectOf(parent: JsonObject, name: string, path: string): JsonObject | undefined {
  const value = parent[name];
  return value === undefined ? undefined : readObject(value, joined(path, name));
}

/** @throws RelayError invalid_request where it is there and no array */
export function arrayOf(parent: JsonObject, name: string, path: string): readonly unknown[] {
  const value = parent[name];
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw bad(joined(path, name), 'must be an array');
  return value;
}

/** @throws RelayError invalid_request where it is there and no string */
export function textOf(parent: JsonObject, name: string, path: string): string | undefined {
  const value = parent[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw bad(joined(path, name), 'must be a string');
  return value;
}

/** @throws RelayError invalid_request where it is missing, empty or no string */
export function requiredTextOf(parent: JsonObject, name: string, path: string): string {
  const value = textOf(parent, name, path);
  if (!value) throw bad(joined(path, name), 'is required');
  return value;
}

/**
 * A number; Google also reads one that is written as a string.
 * @throws RelayError invalid_request where it is there and no number
 */
export function numberOf(parent: JsonObject, name: string, path: string): number | undefined {
  const value = parent[name];
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw bad(joined(path, name), 'must be a number');
  return number;
}

/** @throws RelayError invalid_request where it is there and no boolean */
export function flagOf(parent: JsonObject, name: string, path: string): boolean | undefined {
  const value = parent[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'boolean') throw bad(joined(path, name), 'must be true or false');
  return value;
}

/** @throws RelayError invalid_request where it is there and no array of strings */
export function textsOf(parent: JsonObject, name: string, path: string): readonly string[] {
  return arrayOf(parent, name, path).map((value, index) => {
    if (typeof value !== 'string') throw bad(`${joined(path, name)}.${index}`, 'must be a string');
    return value;
  });
}

/** The fields that are not among the known ones, each under its path. */
export function otherFields(object: JsonObject, known: ReadonlySet<string>, path: string): [string, unknown][] {
  return Object.entries(object)
    .filter(([name]) => !known.has(name))
    .map(([name, value]) => [joined(path, name), value]);
}
