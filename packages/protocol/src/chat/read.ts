import { RelayError } from '@ai-bridge/domain';
import { asObject, type JsonObject } from '../json/parse.ts';

/** The error for a field that is not what the protocol says. */
export function bad(path: string, reason: string): RelayError {
  return new RelayError('invalid_request', { path, reason });
}

/** Absent or null: both mean that the client did not say. */
function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

/** @throws RelayError invalid_request where it is no object */
export function objectAt(value: unknown, path: string): JsonObject {
  const object = asObject(value);
  if (!object) throw bad(path, 'must be an object');
  return object;
}

/** @throws RelayError invalid_request where it is no text */
export function textAt(value: unknown, path: string): string {
  if (typeof value !== 'string') throw bad(path, 'must be a string');
  return value;
}

/** @throws RelayError invalid_request where it is no array */
export function arrayAt(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw bad(path, 'must be an array');
  return value;
}

/** @throws RelayError invalid_request where it is there and no object */
export function optionalObject(value: unknown, path: string): JsonObject | undefined {
  return isAbsent(value) ? undefined : objectAt(value, path);
}

/** @throws RelayError invalid_request where it is there and no text */
export function optionalText(value: unknown, path: string): string | undefined {
  return isAbsent(value) ? undefined : textAt(value, path);
}

/** @throws RelayError invalid_request where it is there and no array */
export function optionalArray(value: unknown, path: string): readonly unknown[] | undefined {
  return isAbsent(value) ? undefined : arrayAt(value, path);
}

/** @throws RelayError invalid_request where it is there and no number */
export function optionalNumber(value: unknown, path: string): number | undefined {
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'number') throw bad(path, 'must be a number');
  return value;
}

/** @throws RelayError invalid_request where it is there and no boolean */
export function optionalFlag(value: unknown, path: string): boolean | undefined {
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'boolean') throw bad(path, 'must be true or false');
  return value;
}
