import { RelayError } from '@ai-bridge/domain';
import { asObject, type JsonObject } from '../json/parse.ts';

/**
 * Readers of a field of a client's request. Absent and null both mean that the client did not say; `at` is the path of the object with a
 * dot behind it, or ''. Each throws RelayError invalid_request where the field is there and something else than it must be.
 */
export function textField(object: JsonObject, name: string, at = ''): string | undefined {
  const value = object[name] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw invalid(`${at}${name}`, 'must be a string');
}

export function requiredText(object: JsonObject, name: string, at: string): string {
  const value = textField(object, name, at);
  if (value === undefined) throw invalid(`${at}${name}`, 'is required');
  return value;
}

export function numberField(object: JsonObject, name: string, at = ''): number | undefined {
  const value = object[name] ?? undefined;
  if (value === undefined || typeof value === 'number') return value;
  throw invalid(`${at}${name}`, 'must be a number');
}

export function flagField(object: JsonObject, name: string, at = ''): boolean | undefined {
  const value = object[name] ?? undefined;
  if (value === undefined || typeof value === 'boolean') return value;
  throw invalid(`${at}${name}`, 'must be true or false');
}

export function listField(object: JsonObject, name: string, at = ''): readonly unknown[] {
  const value = object[name] ?? [];
  if (Array.isArray(value)) return value;
  throw invalid(`${at}${name}`, 'must be an array');
}

export function objectField(object: JsonObject, name: string, at = ''): JsonObject | undefined {
  const value = object[name] ?? undefined;
  return value === undefined ? undefined : objectAt(value, `${at}${name}`);
}

/** @throws RelayError invalid_request where the value is no object */
export function objectAt(value: unknown, path: string): JsonObject {
  const object = asObject(value);
  if (!object) throw invalid(path, 'must be an object');
  return object;
}

export function invalid(path: string, reason: string): RelayError {
  return new RelayError('invalid_request', { path, reason });
}

/** What is left of an object beside the named fields, without nulls; undefined where nothing is. */
export function restOf(object: JsonObject, known: ReadonlySet<string>): Record<string, unknown> | undefined {
  let rest: Record<string, unknown> | undefined;
  for (const [name, value] of Object.entries(object)) {
    if (known.has(name) || value === null) continue;
    rest ??= {};
    rest[name] = value;
  }
  return rest;
}
