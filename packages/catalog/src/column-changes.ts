import { isDeepStrictEqual } from 'node:util';
import type { Prisma } from '@ai-bridge/db';

/** Each column that is to differ, with what it was (null where there was no row) and what it is to be, as the audit log keeps it. */
export function columnChanges(stored: object | undefined, wanted: object): Prisma.InputJsonObject {
  const before = (stored ?? {}) as Readonly<Record<string, unknown>>;
  const pairs = Object.entries(wanted)
    .filter(([column, value]) => !isDeepStrictEqual(before[column], value))
    .map(([column, value]) => [column, { from: written(before[column]), to: written(value) }]);
  return Object.fromEntries(pairs) as Prisma.InputJsonObject;
}

/** JSON has no bigint: amounts are decimal strings. */
function written(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Date ? value.toISOString() : (value ?? null);
}
