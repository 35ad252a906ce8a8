import { type AccountMonth, accountMonth } from '@ai-bridge/billing';
import { type Month, monthOf, monthsBetween } from '@ai-bridge/domain';
import { listLedgerMonths } from '@ai-bridge/ledger';
import { listMonthlyUsage } from '@ai-bridge/usage';
import type { Deps } from '#server/deps.ts';
import { inSnapshot } from './in-snapshot.ts';

type MonthsDeps = Pick<Deps, 'prisma' | 'database' | 'clock'>;

/** The months that an organization has statements of, the latest first: since it began, the running one too. */
export async function statementMonths({ prisma, clock }: Omit<MonthsDeps, 'database'>, organizationId: string) {
  const row = await prisma.organization.findUnique({ where: { id: organizationId }, select: { createdAt: true } });
  return row ? monthsBetween(monthOf(row.createdAt), monthOf(new Date(clock.now()))) : [];
}

/** What was used in each month. */
export async function listUsageMonths(deps: MonthsDeps, organizationId: string) {
  const [months, usage] = await Promise.all([
    statementMonths(deps, organizationId),
    listMonthlyUsage(deps.database, organizationId),
  ]);
  return months.map((month) => {
    const used = usage.find((one) => one.month === month);
    return { month, requests: used?.requests ?? 0n, chargedNanoUsd: used?.chargeNanoUsd ?? 0n };
  });
}

/** The balance through each month. */
export async function listAccountMonths(
  deps: MonthsDeps,
  organizationId: string,
): Promise<(AccountMonth & { readonly requests: bigint })[]> {
  const months = await statementMonths(deps, organizationId);
  const [ledger, usage] = await inSnapshot(deps.database, async (sql) => [
    await listLedgerMonths(sql, organizationId),
    await listMonthlyUsage(sql, organizationId),
  ]);
  const usageOf = (month: Month) => usage.find((one) => one.month === month);
  return months.map((month) => ({
    ...accountMonth(ledger, month, usageOf(month)?.chargeNanoUsd ?? 0n),
    requests: usageOf(month)?.requests ?? 0n,
  }));
}
