import type { ModelInput } from '@ai-bridge/domain';
import { asObject, type JsonObject } from '../json/parse.ts';

/** Where a request carries each kind of input for the first time, as the path of the field. */
export class Carried {
  readonly #paths: Partial<Record<ModelInput, string>> = {};

  note(input: ModelInput, path: string): void {
    this.#paths[input] ??= path;
  }

  /** Undefined: it carries none of these. */
  pathOf(input: ModelInput): string | undefined {
    return this.#paths[input];
  }
}

/** Calls `read` for each object of a list, with its path; what is no list, or no object in it, is the upstream's to refuse. */
export function eachObject(list: unknown, path: string, read: (entry: JsonObject, path: string) => void): void {
  if (!Array.isArray(list)) return;
  for (const [index, entry] of list.entries()) {
    const object = asObject(entry);
    if (object) read(object, `${path}.${index}`);
  }
}

export function isFilled(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}

/** A file given as a data URL, or as base64 without its head: texts are read as texts, and pictures are no documents. */
export function isDocumentData(data: string): boolean {
  return !/^data:(text|image)\//i.test(data);
}
