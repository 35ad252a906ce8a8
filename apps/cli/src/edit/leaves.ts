import { isDeepStrictEqual } from 'node:util';
import type { Setting, Value } from '@ai-bridge/tool-setup';
import type { Path } from './editor.ts';

export interface Leaf {
  readonly path: Path;
  readonly value: Value;
}

const isObject = (value: unknown): value is Readonly<Record<string, Value>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value by its parts, so that what else is in an object of the same name stays. */
export function leavesOf(path: Path, value: Value): readonly Leaf[] {
  if (!isObject(value) || Object.keys(value).length === 0) return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf([...path, key], inner));
}

/** What is at a path of a file that was read; undefined where nothing is. */
export function valueAt(content: unknown, path: Path): unknown {
  let value = content;
  for (const key of path) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** Where in a list the entry is that an item setting means; -1 for none. */
export function indexOfItem(list: readonly unknown[], { value, sameBy }: Extract<Setting, { kind: 'item' }>): number {
  if (typeof sameBy === 'string')
    return list.findIndex((entry) => typeof entry === 'string' && entry.startsWith(sameBy));
  return list.findIndex((entry) =>
    sameBy.every((field) => isDeepStrictEqual(valueAt(entry, [field]), valueAt(value, [field]))),
  );
}
