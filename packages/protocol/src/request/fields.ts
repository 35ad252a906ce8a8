import { RelayError } from '@ai-bridge/domain';
import type { JsonSpan } from '../json/scan.ts';

/** The largest output cap taken at its word; a larger one is a mistake. */
export const maxOutputTokensAccepted = 10_000_000;
/** The most answers to one prompt that may be asked for. */
export const maxChoices = 128;
/** The longest model id looked at. */
export const maxModelCharacters = 256;
/** A longer hint is ignored: it is an id, not a document. */
const maxSessionHintBytes = 1_024;

type Field = JsonSpan | undefined;

function bad(path: string, reason: string): RelayError {
  return new RelayError('invalid_request', { path, reason });
}

function read(body: Buffer, span: JsonSpan): unknown {
  return JSON.parse(body.toString('utf8', span.start, span.end));
}

/** Absent or null: both mean that the client did not say. */
export function isAbsent(span: Field): span is undefined {
  return span === undefined || span.kind === 'null';
}

/** @throws RelayError invalid_request where it is no usable model id */
export function checkModel(model: string): string {
  if (model === '') throw bad('model', 'must not be empty');
  if (model.length > maxModelCharacters) throw bad('model', `must be at most ${maxModelCharacters} characters`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(model)) throw bad('model', 'must not contain control characters');
  return model;
}

/** @throws RelayError invalid_request where it is missing or no usable model id */
export function readModel(body: Buffer, span: Field): string {
  if (!span) throw bad('model', 'is required');
  if (span.kind !== 'string') throw bad('model', 'must be a string');
  // Six bytes are the longest way to write one character.
  if (span.end - span.start > maxModelCharacters * 6 + 2) {
    throw bad('model', `must be at most ${maxModelCharacters} characters`);
  }
  return checkModel(read(body, span) as string);
}

/** @throws RelayError invalid_request where it is there and no boolean */
export function readFlag(span: Field, path: string): boolean {
  if (isAbsent(span)) return false;
  if (span.kind !== 'true' && span.kind !== 'false') throw bad(path, 'must be true or false');
  return span.kind === 'true';
}

/** @throws RelayError invalid_request where it is there and no whole number within the bounds */
export function readInteger(body: Buffer, span: Field, path: string, min: number, max: number): number | undefined {
  if (isAbsent(span)) return undefined;
  const value = span.kind === 'number' ? Number(body.toString('latin1', span.start, span.end)) : Number.NaN;
  if (!Number.isInteger(value) || value < min || value > max) {
    throw bad(path, `must be a whole number from ${min} to ${max}`);
  }
  return value;
}

/** A text that groups requests; anything but a short string is none. */
export function readHint(body: Buffer, span: Field): string | undefined {
  if (span?.kind !== 'string' || span.end - span.start > maxSessionHintBytes) return undefined;
  const hint = read(body, span) as string;
  return hint === '' ? undefined : hint;
}

/** @throws RelayError invalid_request where it is there and no object */
export function objectField(span: Field, path: string): JsonSpan | undefined {
  if (isAbsent(span)) return undefined;
  if (span.kind !== 'object') throw bad(path, 'must be an object');
  return span;
}

/**
 * The one of two spellings that is there.
 *
 * @throws RelayError invalid_request where both are: only one of them would be obeyed
 */
export function eitherSpelling(camelCase: Field, snakeCase: Field, path: string): JsonSpan | undefined {
  if (camelCase && snakeCase) throw bad(path, 'is there in two spellings');
  return camelCase ?? snakeCase;
}
