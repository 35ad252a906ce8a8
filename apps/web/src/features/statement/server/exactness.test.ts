import type { Sql } from '@ai-bridge/db';
import { type Month, monthSpan, type SettlementRecord } from '@ai-bridge/domain';
import {
  adjust,
  cancelRefund,
  captureBatch,
  creditOrder,
  freezeForDispute,
  grantCredit,
  readBalance,
  reserveRefund,
  settleRefund,
  takeBackCredit,
  unfreezeDispute,
  writeOffDispute,
} from '@ai-bridge/ledger';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { recordBatch } from '@ai-bridge/usage';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { totalOf } from '#features/usage/totals.ts';
import { accountLines } from '../account-lines.ts';
import { readStatement } from './read-statement.ts';
import { listAccountMonths, listUsageMonths } from './statement-months.ts';

const months: readonly Month[] = ['2026-07', '2026-08', '2026-09', '2026-10'];
const firstMonth = months[0] as Month;
const lastMonth = months.at(-1) as Month;

let db: TestDatabase;
let runs = 0;
beforeAll(async () => {
  db = await createTestDatabase();
  // The books know no time but the database's: here it is a table's, so that histories run through months.
  await db.database.query(`
    CREATE TABLE test_moment (at TIMESTAMPTZ NOT NULL);
    INSERT INTO test_moment VALUES (now());
    CREATE FUNCTION test_at_moment() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.created_at := (SELECT at FROM test_moment); RETURN NEW; END $$;
    CREATE TRIGGER test_at_moment BEFORE INSERT ON ledger_entry FOR EACH ROW EXECUTE FUNCTION test_at_moment()`);
});
afterAll(() => db.drop());

const deps = () => ({
  ...{ prisma: db.prisma, database: db.database },
  clock: { now: () => monthSpan(lastMonth).to.getTime() - 1, monotonicMs: () => 0 },
});

const amount = fc.bigInt({ min: 1n, max: 120n });
const few = fc.integer({ min: 0, max: 2 });
const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ does: fc.constant('grant' as const), amount }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('order' as const), few, amount }) },
  fc.record({ does: fc.constant('adjust' as const), amount: fc.bigInt(-150n, 50n).filter((value) => value !== 0n) }),
  fc.record({ does: fc.constant('reserve' as const), few, amount }),
  fc.record({ does: fc.constant('take back' as const), few, amount }),
  fc.record({ does: fc.constant('settle' as const), few, amount }),
  fc.record({ does: fc.constant('cancel' as const), few }),
  fc.record({ does: fc.constant('freeze' as const), few, amount }),
  fc.record({ does: fc.constant('write off' as const), few, amount }),
  fc.record({ does: fc.constant('unfreeze' as const), few }),
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('requests' as const),
      /** Charge, key, model, and whether it began in the month before. */
      requests: fc.array(fc.tuple(fc.bigInt(0n, 60n), few, few, fc.boolean()), { minLength: 1, maxLength: 5 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('next month' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** One organization's history through the months. */
class History {
  readonly organizationId = `org_run_${++runs}`;
  /** By month that they began in. */
  readonly charged = new Map<Month, bigint>();
  month = 0;
  facts = 0;
  readonly sql: Sql;

  constructor(sql: Sql) {
    this.sql = sql;
  }

  get current(): Month {
    return months[this.month] as Month;
  }

  async setMonth(month: number): Promise<void> {
    this.month = Math.min(month, months.length - 1);
    await this.sql.query('UPDATE test_moment SET at = $1', [monthSpan(this.current).from]);
  }

  async apply(step: Step): Promise<void> {
    const { organizationId, sql } = this;
    if (step.does === 'next month') return this.setMonth(this.month + 1);
    if (step.does === 'requests') return this.settle(step.requests);
    if (step.does === 'grant' || step.does === 'adjust') {
      const key = `${step.does}:${organizationId}:${++this.facts}`;
      const fact = { key, organizationId, amountNanoUsd: step.amount, reason: 'test', actor: 'test' };
      // A correction that the balance does not cover changes nothing.
      await (step.does === 'grant' ? grantCredit(sql, fact) : adjust(sql, fact).catch(() => {}));
      return;
    }
    const [orderId, id] = [`ord_${organizationId}_${step.few}`, `${organizationId}_${step.few}`];
    const amountNanoUsd = 'amount' in step ? step.amount : 0n;
    const of = { organizationId, orderId, amountNanoUsd, actor: 'test', refundId: id, disputeId: id };
    const verbs = {
      order: () => creditOrder(sql, of),
      reserve: () => reserveRefund(sql, of),
      'take back': () => takeBackCredit(sql, of),
      settle: () => settleRefund(sql, { ...of, shortfallNanoUsd: amountNanoUsd }),
      cancel: () => cancelRefund(sql, of),
      freeze: () => freezeForDispute(sql, of),
      'write off': () => writeOffDispute(sql, { ...of, shortfallNanoUsd: amountNanoUsd }),
      unfreeze: () => unfreezeDispute(sql, of),
    };
    await verbs[step.does]();
  }

  /** As a worker settles a batch: records and one capture of what they cost together. */
  async settle(requests: Extract<Step, { does: 'requests' }>['requests']): Promise<void> {
    const { organizationId } = this;
    const records = requests.map(([charge, key, model, isOfMonthBefore]): SettlementRecord => {
      const month = months[Math.max(0, this.month - (isOfMonthBefore ? 1 : 0))] as Month;
      this.charged.set(month, (this.charged.get(month) ?? 0n) + charge);
      return {
        ...{ requestId: `req_${organizationId}_${++this.facts}`, organizationId, apiKeyId: `key_${key}` },
        createdAt: new Date(monthSpan(month).to.getTime() - 1).toISOString(),
        ...{ outcome: 'completed', endpoint: '/v1/messages', clientProtocol: 'anthropic-messages', stream: true },
        ...{ modelRequested: `m${model}`, modelUsed: `m${model}`, priceId: 'p', usage: { input: 1, output: 1 } },
        ...{ usageSource: 'reported', chargeNanoUsd: `${charge}`, status: 200, durationMs: 1, attempts: [] },
      };
    });
    await recordBatch(this.sql, records);
    const chargeNanoUsd = records.reduce((sum, record) => sum + BigInt(record.chargeNanoUsd), 0n);
    const charge = { requestId: records[0]?.requestId ?? '', organizationId, chargeNanoUsd };
    await captureBatch(this.sql, { workerId: 'w', charges: [charge] });
  }

  /** Every statement adds up by itself, follows the one before, and says what happened. */
  async check(): Promise<void> {
    const { organizationId } = this;
    let balance = 0n;
    let inOtherMonths = 0n;
    for (const month of months) {
      const statement = await readStatement(deps(), { organizationId, month, movements: 10_000 });
      const { account, lines, movements, movementCount } = statement;
      const effects = accountLines(account).map(({ effectNanoUsd }) => effectNanoUsd);
      expect(account.openingNanoUsd).toBe(balance);
      expect(account.openingNanoUsd + sumOf(effects)).toBe(account.closingNanoUsd);
      expect(account.chargedNanoUsd).toBe(this.charged.get(month) ?? 0n);
      expect(totalOf(lines).chargeNanoUsd).toBe(account.chargedNanoUsd);
      const ofKind = (...kinds: string[]) =>
        sumOf(movements.filter(({ kind }) => kinds.includes(kind)).map(({ amountNanoUsd }) => amountNanoUsd));
      expect(ofKind('order')).toBe(account.orderedNanoUsd);
      expect(ofKind('grant', 'code')).toBe(account.grantedNanoUsd);
      expect(ofKind('adjustment')).toBe(account.adjustedNanoUsd);
      expect(ofKind('refund', 'refund_returned')).toBe(account.refundedNanoUsd);
      expect(ofKind('dispute', 'dispute_returned')).toBe(account.disputedNanoUsd);
      expect(movementCount).toBe(BigInt(movements.length));
      balance = account.closingNanoUsd;
      inOtherMonths += account.otherMonthNanoUsd;
    }
    expect(balance).toBe((await readBalance(this.sql, organizationId)).postedNanoUsd);
    // All was settled, so what one month left to another is all there.
    expect(inOtherMonths).toBe(0n);
    const listed = await listAccountMonths(deps(), organizationId);
    expect(listed.map(({ month }) => month)).toEqual(months.toReversed());
    expect(listed[0]?.closingNanoUsd).toBe(balance);
    const used = await listUsageMonths(deps(), organizationId);
    expect(used.map(({ chargedNanoUsd }) => chargedNanoUsd)).toEqual(
      listed.map(({ chargedNanoUsd }) => chargedNanoUsd),
    );
  }
}

const sumOf = (amounts: readonly bigint[]) => amounts.reduce((sum, one) => sum + one, 0n);

test('whatever happens, each month’s opening balance and lines are its closing balance to the last nano-USD, and the next one’s opening', async () => {
  const history = async (steps: Step[]) => {
    const run = new History(db.database);
    await db.prisma.organization.create({
      data: { id: run.organizationId, name: 'Run', createdAt: monthSpan(firstMonth).from },
    });
    await run.setMonth(0);
    for (const one of steps) await run.apply(one);
    await run.check();
  };
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 50 }), history), { numRuns: 25 });
}, 120_000);
