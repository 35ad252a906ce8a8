import type { PrismaSession } from '@ai-bridge/db';
import type { GroupSnapshot } from '../snapshot.ts';

export type GroupRow = NonNullable<Awaited<ReturnType<PrismaSession['channelGroup']['findUnique']>>>;

/** A group's row as a worker uses it. */
export function groupSnapshot({ id, displayName, models, multiplierBasisPoints }: GroupRow): GroupSnapshot {
  return { id, displayName, models: new Set(models), terms: { multiplierBasisPoints, forgivenTokens: 0 } };
}
