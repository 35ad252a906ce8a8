import type { PrismaSession } from '@ai-bridge/db';
import { listBasisPoints, listTerms, type Terms } from '@ai-bridge/domain';
import { rowInForce } from '../prices/in-force.ts';
import type { GroupSnapshot } from '../snapshot.ts';

export type GroupRow = NonNullable<Awaited<ReturnType<PrismaSession['channelGroup']['findUnique']>>>;
export type MultiplierRow = NonNullable<Awaited<ReturnType<PrismaSession['groupMultiplier']['findFirst']>>>;

/** A group's row as a worker uses it at a moment. `multipliers` are all that the group has. */
export function groupSnapshot(
  { id, displayName, models }: GroupRow,
  multipliers: readonly MultiplierRow[],
  at: Date,
): GroupSnapshot {
  return { id, displayName, models: new Set(models), terms: groupTerms(multipliers, at) };
}

/** How a group's requests are charged at a moment: at list price where nobody has set a multiplier. */
export function groupTerms(multipliers: readonly MultiplierRow[], at: Date): Terms {
  const row = rowInForce(multipliers, at);
  if (!row || row.multiplierBasisPoints === listBasisPoints) return listTerms;
  const { multiplierBasisPoints, groupId, version } = row;
  return { multiplierBasisPoints, forgivenTokens: 0, multiplier: { group: groupId, version } };
}

/** The multiplier of a group at a moment, in basis points of the list price. */
export function basisPointsAt(multipliers: readonly MultiplierRow[], at: Date): number {
  return groupTerms(multipliers, at).multiplierBasisPoints;
}
