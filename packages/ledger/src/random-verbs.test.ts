import type { Sql } from '@ai-bridge/db';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { batch } from './charges.fixture.ts';
import {
  adjust,
  cancelRefund,
  captureBatch,
  captureHold,
  creditOrder,
  expireLeases,
  freezeForDispute,
  grantCredit,
  placeHold,
  prolongHold,
  releaseHold,
  releaseLease,
  releaseWorkerLeases,
  renewLeases,
  reserveRefund,
  settleRefund,
  startWorker,
  takeBackCredit,
  takeLease,
  unfreezeDispute,
  verifyBooks,
  writeOffDispute,
} from './index.ts';
import { LedgerModel } from './random-verbs.model.ts';

let db: TestDatabase;
let runs = 0;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const who = fc.integer({ min: 0, max: 1 });
const fact = fc.integer({ min: 0, max: 12 });
const few = fc.integer({ min: 0, max: 2 });
const amount = fc.bigInt({ min: 1n, max: 120n });
const verb = fc.oneof(
  fc.record({ verb: fc.constant('grant' as const), organization: who, fact, amount }),
  fc.record({ verb: fc.constant('order' as const), organization: who, fact: few, amount }),
  fc.record({
    verb: fc.constant('adjust' as const),
    organization: who,
    fact,
    amount: fc.bigInt({ min: -150n, max: 50n }).filter((value) => value !== 0n),
  }),
  fc.record({ verb: fc.constant('take' as const), worker: who, organization: who, amount, min: fc.bigInt(0n, 40n) }),
  fc.record({ verb: fc.constant('release' as const), worker: who, organization: who, amount }),
  fc.record({
    verb: fc.constant('capture' as const),
    worker: who,
    records: fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), who, fc.bigInt(0n, 60n)), { maxLength: 6 }),
  }),
  fc.record({ verb: fc.constant('place hold' as const), organization: who, hold: who, amount }),
  fc.record({ verb: fc.constant('release hold' as const), organization: who, hold: who }),
  fc.record({ verb: fc.constant('capture hold' as const), organization: who, hold: who, charge: fc.bigInt(0n, 150n) }),
  fc.record({ verb: fc.constant('lapse hold' as const), organization: who, hold: who, prolonged: fc.boolean() }),
  fc.record({ verb: fc.constant('reserve' as const), organization: who, reserve: few, fact: few, amount }),
  fc.record({ verb: fc.constant('take back' as const), organization: who, reserve: few, fact: few, amount }),
  fc.record({ verb: fc.constant('freeze' as const), organization: who, reserve: few, fact: few, amount }),
  fc.record({ verb: fc.constant('settle' as const), organization: who, reserve: few, shortfall: fc.bigInt(0n, 20n) }),
  fc.record({
    verb: fc.constant('write off' as const),
    organization: who,
    reserve: few,
    shortfall: fc.bigInt(0n, 20n),
  }),
  fc.record({ verb: fc.constant('cancel' as const), organization: who, reserve: few }),
  fc.record({ verb: fc.constant('unfreeze' as const), organization: who, reserve: few }),
  fc.record({ verb: fc.constant('renew' as const), worker: who }),
  fc.record({ verb: fc.constant('lapse' as const), worker: who }),
  fc.record({ verb: fc.constant('restart' as const), worker: who, releases: fc.boolean() }),
);
type Verb = typeof verb extends fc.Arbitrary<infer Value> ? Value : never;

/** One random history: each verb goes to the database and to the model, and both must answer and stand alike. */
class History {
  readonly model = new LedgerModel();
  /** What each worker believes; the model knows what is true. */
  readonly believed = new Map<string, bigint>();
  readonly organizations: readonly [string, string];
  readonly workers: readonly [string, string];
  readonly sql: Sql;
  readonly id: string;

  constructor(sql: Sql, id: string) {
    this.sql = sql;
    this.id = id;
    this.organizations = [`${id}-org-0`, `${id}-org-1`];
    this.workers = [`${id}-worker-0`, `${id}-worker-1`];
  }

  async restart(worker: string, releases: boolean): Promise<void> {
    const epoch = (this.model.epochs.get(worker) ?? 0n) + 1n;
    expect(await startWorker(this.sql, { workerId: worker, address: 'here' })).toEqual({ epoch });
    this.model.epochs.set(worker, epoch);
    this.believed.set(worker, epoch);
    if (!releases) return;
    const ended = this.model.end((lease) => lease.worker === worker && lease.epoch < epoch);
    expect(await releaseWorkerLeases(this.sql, { workerId: worker, beforeEpoch: epoch })).toEqual({
      releasedNanoUsd: ended.reduce((total, lease) => total + lease.amount, 0n),
    });
  }

  async credit(step: Extract<Verb, { verb: 'grant' | 'order' | 'adjust' }>): Promise<void> {
    const organizationId = this.organizations[step.organization]!;
    const key = `${step.verb}:${this.id}:${step.fact}`;
    const input = { key, organizationId, amountNanoUsd: step.amount, reason: 'test', actor: 'test' };
    if (step.amount < 0n) {
      const posted = this.model.posted(organizationId);
      const known = this.model.facts.has(key);
      const refusal = posted < -step.amount ? 'insufficient_balance' : 'balance_in_use';
      const refused = !known && this.model.available(organizationId) < -step.amount;
      const result = await adjust(this.sql, input).catch((error: Error) => error.message);
      expect(result).toEqual(refused ? refusal : { applied: !known });
      if (!refused && this.model.once(key)) this.model.use(organizationId, -step.amount);
      return;
    }
    const verbs = {
      grant: () => grantCredit(this.sql, input),
      order: () => creditOrder(this.sql, { ...input, orderId: key }),
      adjust: () => adjust(this.sql, input),
    };
    const applied = this.model.once(key);
    expect(await verbs[step.verb]()).toEqual({ applied });
    if (!applied) return;
    const [lot] = await this.sql.query<{ order: string }>(
      `SELECT to_char(created_at, 'YYYYMMDDHH24MISS.MS') || id AS "order" FROM credit_lot l WHERE organization_id = $1
       AND NOT id = ANY (string_to_array($2, ' '))`,
      [organizationId, this.model.lots.map((known) => known.order.slice('20260101000000.000'.length)).join(' ')],
    );
    const kind = step.verb === 'order' ? 'paid' : 'granted';
    const orderId = step.verb === 'order' ? key : undefined;
    this.model.lots.push({ organization: organizationId, kind, order: lot!.order, orderId, left: step.amount });
  }

  /** Refunds and disputes: orders are those that `credit` may have paid, or none. */
  async setAside(step: Extract<Verb, { reserve: number }>): Promise<void> {
    const organizationId = this.organizations[step.organization]!;
    const id = `${organizationId}-${step.reserve}`;
    const [refund, dispute] = [
      { refundId: id, organizationId, actor: 'test' },
      { disputeId: id, organizationId, actor: 'test' },
    ];
    if ('fact' in step) {
      const of = { orderId: `order:${this.id}:${step.fact}`, amountNanoUsd: step.amount };
      const say = (key: string, mode: 'whole' | 'lot' | 'beyond') =>
        this.model.reserve(key, organizationId, of.orderId, step.amount, mode);
      if (step.verb === 'reserve') {
        expect(await reserveRefund(this.sql, { ...refund, ...of })).toBe(say(`refund:${id}`, 'whole').result);
      } else if (step.verb === 'take back') {
        const { reserved: takenNanoUsd } = say(`refund:${id}`, 'beyond');
        expect(await takeBackCredit(this.sql, { ...refund, ...of })).toEqual({ takenNanoUsd });
      } else {
        const { reserved: frozenNanoUsd } = say(`dispute:${id}`, 'lot');
        expect(await freezeForDispute(this.sql, { ...dispute, ...of })).toEqual({ frozenNanoUsd });
      }
      return;
    }
    const shortfallNanoUsd = 'shortfall' in step ? step.shortfall : 0n;
    if (step.verb === 'settle') {
      const settled = await settleRefund(this.sql, { ...refund, shortfallNanoUsd });
      expect(settled).toEqual(this.model.settle(`refund:${id}`, shortfallNanoUsd));
    } else if (step.verb === 'write off') {
      const settled = await writeOffDispute(this.sql, { ...dispute, shortfallNanoUsd });
      expect(settled).toEqual(this.model.settle(`dispute:${id}`, shortfallNanoUsd));
    } else if (step.verb === 'cancel') {
      expect(await cancelRefund(this.sql, refund)).toEqual(this.model.cancel(`refund:${id}`));
    } else {
      expect(await unfreezeDispute(this.sql, dispute)).toEqual(this.model.cancel(`dispute:${id}`));
    }
  }

  async lapse(worker: string): Promise<void> {
    await this.sql.query(`UPDATE credit_lease SET expires_at = now() - interval '1 s' WHERE worker_id = $1`, [worker]);
    const ended = this.model.end((lease) => lease.worker === worker);
    const epoch = this.model.epochs.get(worker)!;
    if (ended.some((lease) => lease.epoch === epoch && lease.amount > 0n)) this.model.epochs.set(worker, epoch + 1n);
    expect(await expireLeases(this.sql)).toEqual({
      expired: ended.length,
      releasedNanoUsd: ended.reduce((total, lease) => total + lease.amount, 0n),
    });
  }

  /** A hold's name is used again after its end here, as a caller that forgets would. */
  async hold(step: Extract<Verb, { hold: number }>): Promise<void> {
    const organizationId = this.organizations[step.organization]!;
    const key = `${this.id}-hold-${step.hold}`;
    const name = { key, organizationId };
    if (step.verb === 'place hold') {
      const place = { ...name, amountNanoUsd: step.amount, ttlMs: 60_000 };
      expect(await placeHold(this.sql, place)).toBe(this.model.placeHold(key, organizationId, step.amount));
    } else if (step.verb === 'release hold') {
      expect(await releaseHold(this.sql, name)).toEqual(this.model.releaseHold(key, organizationId));
    } else if (step.verb === 'capture hold') {
      const requestId = `${organizationId}-held-${step.hold}`;
      const result = await captureHold(this.sql, { ...name, requestId, chargeNanoUsd: step.charge });
      expect(result).toEqual(this.model.capture(`hold:${key}`, [[requestId, organizationId, step.charge]]));
      this.model.releaseHold(key, organizationId);
    } else {
      await this.sql.query(
        `UPDATE credit_lease SET expires_at = now() - interval '1 s' WHERE worker_id = $1 AND organization_id = $2`,
        [`hold:${key}`, organizationId],
      );
      const isHeld = this.model.lease(`hold:${key}`, organizationId) !== undefined;
      if (step.prolonged) expect(await prolongHold(this.sql, { ...name, ttlMs: 60_000 })).toEqual({ held: isHeld });
      const released = step.prolonged ? 0n : this.model.releaseHold(key, organizationId).releasedNanoUsd;
      const expired = isHeld && !step.prolonged ? 1 : 0;
      expect(await expireLeases(this.sql)).toEqual({ expired, releasedNanoUsd: released });
    }
  }

  async apply(step: Verb): Promise<void> {
    if (step.verb === 'grant' || step.verb === 'order' || step.verb === 'adjust') return this.credit(step);
    if ('hold' in step) return this.hold(step);
    if ('reserve' in step) return this.setAside(step);
    const workerId = this.workers[step.worker]!;
    const epoch = this.believed.get(workerId)!;
    if (step.verb === 'restart') return this.restart(workerId, step.releases);
    if (step.verb === 'lapse') return this.lapse(workerId);
    if (step.verb === 'renew') {
      const fenced = this.model.epochs.get(workerId) !== epoch;
      if (!fenced) this.model.end((lease) => lease.worker === workerId && lease.epoch === epoch && lease.amount === 0n);
      const kept = this.model.leases.filter((lease) => lease.worker === workerId && lease.epoch === epoch);
      const renewed = fenced ? 0 : kept.length;
      expect(await renewLeases(this.sql, { workerId, epoch, ttlMs: 60_000 })).toEqual({ renewed, fenced });
    } else if (step.verb === 'capture') {
      const records = step.records.map(([request, organization, charge]): [string, string, bigint] => {
        const organizationId = this.organizations[organization]!;
        return [`${organizationId}-request-${request}`, organizationId, charge];
      });
      const result = await captureBatch(this.sql, { workerId, charges: batch(...records) });
      const leases = result.leases.toSorted((a, b) => (a.organizationId < b.organizationId ? -1 : 1));
      expect({ ...result, leases }).toEqual(this.model.capture(workerId, records));
    } else {
      const organizationId = this.organizations[step.organization]!;
      const input = { workerId, epoch, organizationId };
      if (step.verb === 'release') {
        expect(await releaseLease(this.sql, { ...input, amountNanoUsd: step.amount })).toEqual(
          this.model.release(workerId, epoch, organizationId, step.amount),
        );
      } else {
        const wish = { wantNanoUsd: step.amount, minNanoUsd: step.min, ttlMs: 60_000 };
        expect(await takeLease(this.sql, { ...input, ...wish })).toEqual(
          this.model.take(workerId, epoch, organizationId, step.amount, step.min),
        );
      }
    }
  }

  /** Everything the model can say of the tables. */
  async compare(): Promise<void> {
    for (const organization of this.organizations) {
      const [row] = await this.sql.query(
        `SELECT coalesce((SELECT posted_nano_usd FROM balance WHERE organization_id = $1), 0) AS posted,
                coalesce((SELECT held_nano_usd FROM balance WHERE organization_id = $1), 0) AS held,
                (SELECT string_agg(left_nano_usd::text, ' ' ORDER BY kind, created_at, id) FROM credit_lot WHERE organization_id = $1) AS lots,
                (SELECT string_agg(amount_nano_usd || '@' || epoch, ' ' ORDER BY worker_id) FROM credit_lease WHERE organization_id = $1) AS leases`,
        [organization],
      );
      this.model.use(organization, 0n); // sorts the lots
      const mine = <Item extends { organization: string }>(items: Item[]) =>
        items.filter((item) => item.organization === organization);
      const leases = mine(this.model.leases).toSorted((a, b) => (a.worker < b.worker ? -1 : 1));
      const text = (items: string[]) => (items.length === 0 ? null : items.join(' '));
      expect(row).toEqual({
        posted: this.model.posted(organization),
        held: this.model.held(organization),
        lots: text(mine(this.model.lots).map((lot) => `${lot.left}`)),
        leases: text(leases.map((lease) => `${lease.amount}@${lease.epoch}`)),
      });
    }
  }
}

test('any history of verbs leaves the database as a small model of the ledger says, and the books sound', async () => {
  const history = async (steps: Verb[]) => {
    const run = new History(db.database, `run-${++runs}`);
    for (const worker of run.workers) await run.restart(worker, true);
    for (const step of steps) {
      await run.apply(step);
      await run.compare();
    }
    for (const worker of run.workers) await run.restart(worker, true);
    await run.compare();
    expect(await verifyBooks(db.database)).toEqual([]);
  };
  await fc.assert(fc.asyncProperty(fc.array(verb, { minLength: 20, maxLength: 50 }), history), { numRuns: 20 });
}, 120_000);
