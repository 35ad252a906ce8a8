import type { Sql } from '@ai-bridge/db';
import { expect } from 'vitest';
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
  setBalanceFrozen,
  settleRefund,
  startWorker,
  takeBackCredit,
  takeLease,
  unfreezeDispute,
  writeOffDispute,
} from './index.ts';
import type { Verb } from './random-verbs.fixture.ts';
import { LedgerModel } from './random-verbs.model.ts';

/** Longer than any run takes: time passes by a verb here, never by the clock, also for what earlier histories left behind. */
const ttlMs = 7 * 86_400_000;

/** One random history: each verb goes to the database and to the model, and both must answer and stand alike. */
export class History {
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

  organizationAt = (place: number) => this.organizations[place === 0 ? 0 : 1];
  workerAt = (place: number) => this.workers[place === 0 ? 0 : 1];

  async restart(worker: string, releases: boolean): Promise<void> {
    const epoch = this.model.epochOf(worker) + 1n;
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
    const organizationId = this.organizationAt(step.organization);
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
    this.model.lots.push({ organization: organizationId, kind, order: lot?.order ?? '', orderId, left: step.amount });
  }

  /** Refunds and disputes: orders are those that `credit` may have paid, or none. */
  async setAside(step: Extract<Verb, { reserve: number }>): Promise<void> {
    const organizationId = this.organizationAt(step.organization);
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
    const epoch = this.model.epochOf(worker);
    if (ended.some((lease) => lease.epoch === epoch && lease.amount > 0n)) this.model.epochs.set(worker, epoch + 1n);
    expect(await expireLeases(this.sql)).toEqual({
      expired: ended.length,
      releasedNanoUsd: ended.reduce((total, lease) => total + lease.amount, 0n),
    });
  }

  /** A hold's name is used again after its end here, as a caller that forgets would. */
  async hold(step: Extract<Verb, { hold: number }>): Promise<void> {
    const organizationId = this.organizationAt(step.organization);
    const key = `${this.id}-hold-${step.hold}`;
    const name = { key, organizationId };
    if (step.verb === 'place hold') {
      const place = { ...name, amountNanoUsd: step.amount, ttlMs };
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
      if (step.prolonged) expect(await prolongHold(this.sql, { ...name, ttlMs })).toEqual({ held: isHeld });
      const released = step.prolonged ? 0n : this.model.releaseHold(key, organizationId).releasedNanoUsd;
      const expired = isHeld && !step.prolonged ? 1 : 0;
      expect(await expireLeases(this.sql)).toEqual({ expired, releasedNanoUsd: released });
    }
  }

  async freeze(organizationId: string, isFrozen: boolean): Promise<void> {
    const changed = await setBalanceFrozen(this.sql, { organizationId, frozen: isFrozen });
    expect(changed).toBe(this.model.setFrozen(organizationId, isFrozen));
  }

  /** Two balances, and two workers in their first lives. */
  async begin(): Promise<void> {
    for (const organization of [0, 1]) await this.credit({ verb: 'grant', organization, fact: -1, amount: 1n });
    for (const worker of this.workers) await this.restart(worker, true);
  }

  async apply(step: Verb): Promise<void> {
    if (step.verb === 'freeze balance') return this.freeze(this.organizationAt(step.organization), step.isFrozen);
    if (step.verb === 'grant' || step.verb === 'order' || step.verb === 'adjust') return this.credit(step);
    if ('hold' in step) return this.hold(step);
    if ('reserve' in step) return this.setAside(step);
    const workerId = this.workerAt(step.worker);
    const epoch = this.believed.get(workerId) ?? 0n;
    if (step.verb === 'restart') return this.restart(workerId, step.releases);
    if (step.verb === 'lapse') return this.lapse(workerId);
    if (step.verb === 'renew') {
      const fenced = this.model.epochs.get(workerId) !== epoch;
      if (!fenced) this.model.end((lease) => lease.worker === workerId && lease.epoch === epoch && lease.amount === 0n);
      const kept = this.model.leases.filter((lease) => lease.worker === workerId && lease.epoch === epoch);
      const renewed = fenced ? 0 : kept.length;
      expect(await renewLeases(this.sql, { workerId, epoch, ttlMs })).toEqual({ renewed, fenced });
    } else if (step.verb === 'capture') {
      const records = step.records.map(([request, organization, charge]): [string, string, bigint] => {
        const organizationId = this.organizationAt(organization);
        return [`${organizationId}-request-${request}`, organizationId, charge];
      });
      const result = await captureBatch(this.sql, { workerId, charges: batch(...records) });
      const leases = result.leases.toSorted((a, b) => (a.organizationId < b.organizationId ? -1 : 1));
      expect({ ...result, leases }).toEqual(this.model.capture(workerId, records));
    } else {
      const organizationId = this.organizationAt(step.organization);
      const input = { workerId, epoch, organizationId };
      if (step.verb === 'release') {
        expect(await releaseLease(this.sql, { ...input, amountNanoUsd: step.amount })).toEqual(
          this.model.release(workerId, epoch, organizationId, step.amount),
        );
      } else {
        const wish = { wantNanoUsd: step.amount, minNanoUsd: step.min, ttlMs };
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
