import { movementKinds } from '@ai-bridge/billing';
import { formatPlanTokens, outcomes } from '@ai-bridge/domain';
import type { UsageRow } from '@ai-bridge/usage';
import { z } from 'zod';
import { maxRangeLength, readRange } from '#features/usage/usage-range.ts';
import { statuses } from '#features/usage/usage-view.ts';
import { ApiRefusal } from './refusal.ts';
import { route } from './route.ts';
import { balance, count, id, money, nanoUsd, nextCursor, pageQuery, planTokens, time } from './shapes.ts';
import { balanceView, moneyView } from './views.ts';

const counts = { requests: count, errors: count, input: count, cacheRead: count, cacheWrite: count, output: count };
const sums = z.object({ ...counts, chargeNanoUsd: nanoUsd }).meta({ id: 'UsageSums' });
const maxValueLength = 200;
const value = z.string().min(1).max(maxValueLength).optional();
const tokens = count.nullable();

export const usageRoutes = [
  route({
    ...{ method: 'GET', path: '/stats', name: 'stats', access: 'usage.read' },
    output: z.object({
      balance,
      ...{ today: sums, last7Days: sums, last30Days: sums },
      days: z.array(z.object({ day: z.iso.date(), requests: count, chargeNanoUsd: nanoUsd })),
      topModels: z.array(z.object({ model: z.string(), requests: count, chargeNanoUsd: nanoUsd })),
      perDayNanoUsd: nanoUsd.nullable(),
      daysLeft: count.nullable(),
    }),
    async handle({ console, of }) {
      const [overview, summary] = await Promise.all([console.overview.read(of), console.usage.summary(of)]);
      const { days, topModels, perDayNanoUsd, daysLeft } = overview.figures;
      return {
        balance: balanceView(overview.balance),
        ...{ today: counted(summary.today), last7Days: counted(summary.week), last30Days: counted(summary.month) },
        ...{ days: days.map(counted), topModels: topModels.map(counted), perDayNanoUsd, daysLeft },
      };
    },
  }),

  route({
    ...{ method: 'GET', path: '/logs', name: 'listLogs', access: 'usage.read' },
    input: {
      query: z.strictObject({
        ...pageQuery,
        range: z
          .string()
          .max(maxRangeLength)
          .refine((text) => readRange(text) === text)
          .meta({ example: '2026-11-01..2026-11-21' })
          .optional(),
        ...{ model: value, keyId: value, status: z.enum(statuses).optional() },
      }),
    },
    output: z.object({
      logs: z.array(
        z
          .object({
            ...{ id, createdAt: time, keyId: id, endpoint: z.string(), stream: z.boolean() },
            model: z.object({ requested: z.string(), used: z.string().nullable() }),
            ...{ provider: z.string().nullable(), outcome: z.enum(outcomes), status: z.int().nullable() },
            error: z.string().nullable(),
            usage: z.object({
              ...{ input: tokens, cacheRead: tokens, cacheWrite5m: tokens, cacheWrite1h: tokens },
              ...{ output: tokens, reasoning: tokens, source: z.string() },
            }),
            ...{ chargeNanoUsd: nanoUsd, firstByteMs: count.nullable(), durationMs: count },
          })
          .meta({ id: 'Log' }),
      ),
      nextCursor,
    }),
    async handle({ console, of, query }) {
      const { range, model, keyId: key, status } = query;
      const narrowing = { model, key, status };
      const page = await console.usage.requests({ ...of, ...pageOf(query), range, narrowing });
      return { logs: page.requests.map(logView), nextCursor: page.nextCursor ?? null };
    },
  }),

  route({
    ...{ method: 'GET', path: '/transactions', name: 'listTransactions', access: 'ledger.read' },
    input: { query: z.strictObject(pageQuery) },
    output: z.object({
      transactions: z.array(
        z
          .object({
            ...{ id: z.string(), kind: z.enum(movementKinds), createdAt: time, amountNanoUsd: nanoUsd },
            ...{ amountTokens: planTokens, note: z.string().nullable(), orderId: id.nullable() },
            money: money.nullable(),
          })
          .meta({ id: 'Transaction' }),
      ),
      nextCursor,
    }),
    async handle({ console, of, query }) {
      const page = await console.balance.movements({ ...of, ...pageOf(query) });
      const transactions = page.movements.map(({ key, at, order, money: paid, ...movement }) => ({
        ...{ ...movement, id: key, createdAt: at, orderId: order?.id ?? null },
        ...{ amountTokens: formatPlanTokens(movement.amountNanoUsd), money: paid ? moneyView(paid) : null },
      }));
      return { transactions, nextCursor: page.nextCursor ?? null };
    },
  }),
];

/** A page begins behind a cursor, or so many rows further: not both. */
function pageOf({ limit, offset, cursor }: z.output<z.ZodObject<typeof pageQuery>>) {
  if (cursor !== undefined && offset !== undefined)
    throw new ApiRefusal({ status: 400, code: 'offset_or_cursor', field: 'offset' });
  return { limit, offset, cursor };
}

type Counted<Row> = { readonly [Name in keyof Row]: Name extends keyof typeof counts ? number : Row[Name] };

/** Counts as numbers: they are far below 2^53, as amounts are not. */
function counted<Row extends object>(row: Row): Counted<Row> {
  const entries = Object.entries(row).map(([name, one]) => [name, name in counts ? Number(one) : one]);
  return Object.fromEntries(entries) as Counted<Row>;
}

function logView(row: UsageRow) {
  const tokenCount = (tokensOfKind: bigint | null) => (tokensOfKind === null ? null : Number(tokensOfKind));
  return {
    ...{ id: row.id, createdAt: row.createdAt, keyId: row.apiKeyId, endpoint: row.endpoint, stream: row.stream },
    model: { requested: row.modelRequested, used: row.modelUsed },
    ...{ provider: row.provider, outcome: row.outcome, status: row.status, error: row.errorCode },
    usage: {
      ...{ input: tokenCount(row.input), cacheRead: tokenCount(row.cacheRead), output: tokenCount(row.output) },
      ...{ cacheWrite5m: tokenCount(row.cacheWrite5m), cacheWrite1h: tokenCount(row.cacheWrite1h) },
      ...{ reasoning: tokenCount(row.reasoning), source: row.usageSource },
    },
    ...{ chargeNanoUsd: row.chargeNanoUsd, firstByteMs: row.firstByteMs, durationMs: row.durationMs },
  };
}
