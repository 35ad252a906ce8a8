import { isDeepStrictEqual } from 'node:util';
import type { Prisma } from './generated/client.ts';

/** Each column that is to differ, with what it was (null where there was no row) and what it is to be, as the audit log keeps it. */
export function columnChanges(stored: object | undefined, wanted: object): Prisma.InputJsonObject {
  const before = (stored ?? {}) as Readonly<Record<string, unknown>>;
  const pairs = Object.entries(wanted)
    .map(([column, value]) => [column, { from: written(before[column]), to: written(value) }] as const)
    .filter(([, { from, to }]) => !isDeepStrictEqual(from, to));
  return Object.fromEntries(pairs) as Prisma.InputJsonObject;
}

/** As JSON holds it: amounts and dates are text, and what is undefined is not there. */
function written(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null, (_, one) => (typeof one === 'bigint' ? one.toString() : one)));
}
