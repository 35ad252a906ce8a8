import { type Sums, totalOf } from '#features/usage/totals.ts';
import type { StatementPart } from './statement-part.ts';

/** What one key used of one model in a month. */
export interface UsageLine extends Sums {
  readonly apiKeyId: string;
  /** Empty where no known model was asked for. */
  readonly model: string;
}

/** An API key as a statement names it. */
export interface StatementKey {
  readonly id: string;
  readonly name: string;
  readonly last4: string;
  /** Who made it; null where nobody did, as a configuration file's. */
  readonly memberId: string | null;
}

/** Sums under the id that they are of. */
export interface SumsOf extends Sums {
  readonly id: string;
}

/** The lines of a part of the organization. */
export function linesOfPart<Line extends UsageLine>(
  lines: readonly Line[],
  keys: readonly StatementKey[],
  part: StatementPart,
): readonly Line[] {
  if (part.kind === 'organization') return lines;
  const ids = new Set(keyIdsOfPart(keys, part));
  return lines.filter(({ apiKeyId }) => ids.has(apiKeyId));
}

/** The keys of a part; undefined: all. A key that is not the organization's is none. */
export function keyIdsOfPart(keys: readonly StatementKey[], part: StatementPart): string[] | undefined {
  if (part.kind === 'organization') return undefined;
  const isOfPart = (key: StatementKey) => (part.kind === 'key' ? key.id : key.memberId) === part.id;
  return keys.filter(isOfPart).map(({ id }) => id);
}

/** Lines together by what they have in common, the dearest first. */
export function sumBy(lines: readonly UsageLine[], idOf: (line: UsageLine) => string): SumsOf[] {
  const groups = new Map<string, UsageLine[]>();
  for (const line of lines) {
    const id = idOf(line);
    const group = groups.get(id);
    if (group) group.push(line);
    else groups.set(id, [line]);
  }
  const sums = [...groups].map(([id, group]) => ({ id, ...totalOf(group) }));
  return sums.sort((a, b) => compare(b.chargeNanoUsd, a.chargeNanoUsd) || compare(b.requests, a.requests));
}

/** Sums by the member whose keys were used; empty: keys that nobody made. */
export function sumByMember(lines: readonly UsageLine[], keys: readonly StatementKey[]): SumsOf[] {
  const memberOf = new Map(keys.map(({ id, memberId }) => [id, memberId ?? '']));
  return sumBy(lines, ({ apiKeyId }) => memberOf.get(apiKeyId) ?? '');
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
