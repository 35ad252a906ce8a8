import { readBalance } from '@ai-bridge/ledger';
import { readRecentDays } from '@ai-bridge/usage';
import type { Deps } from '#server/deps.ts';
import { firstDay, overviewFigures } from '../figures.ts';

/** Everything that the overview shows of one organization, in three statements: balance, sums by day and model, and its keys. */
export async function readOverview(
  { database, prisma, clock }: Pick<Deps, 'database' | 'prisma' | 'clock'>,
  organizationId: string,
) {
  const nowMs = clock.now();
  const [balance, days, key] = await Promise.all([
    readBalance(database, organizationId),
    readRecentDays(database, { organizationId, from: firstDay(nowMs) }),
    // The one that was used last, or any.
    prisma.apiKey.findFirst({
      where: { organizationId, deletedAt: null },
      orderBy: { lastUsedAt: { sort: 'desc', nulls: 'last' } },
      select: { lastUsedAt: true },
    }),
  ]);
  const figures = overviewFigures(days, balance.availableNanoUsd, nowMs);
  const hasRequest = days.length > 0 || key?.lastUsedAt != null;
  return {
    balance,
    figures,
    steps: { hasCredit: balance.postedNanoUsd > 0n || hasRequest, hasKey: key !== null, hasRequest },
  };
}
