import { isDeepStrictEqual } from 'node:util';
import type { Prisma } from '@ai-bridge/db';
import type { ChannelRow } from './write-channel.ts';

/** Each column of a channel that is to differ, with what it was and what it is to be, as the audit log keeps it. */
export function columnChanges(row: ChannelRow, wanted: Readonly<Record<string, unknown>>): Prisma.InputJsonObject {
  const stored: Record<string, unknown> = { ...row, timeouts: row.timeouts ?? {} };
  const pairs = Object.entries(wanted)
    .filter(([column, value]) => !isDeepStrictEqual(stored[column], value))
    .map(([column, value]) => [column, { from: written(stored[column]), to: written(value) }]);
  return Object.fromEntries(pairs) as Prisma.InputJsonObject;
}

/** JSON has no bigint: amounts are decimal strings. */
function written(value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : (value ?? null);
}
