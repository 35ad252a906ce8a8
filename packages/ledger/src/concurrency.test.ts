import { RelayError } from '@ai-bridge/domain';
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
  releaseHold,
  releaseLease,
  releaseWorkerLeases,
  renewLeases,
  reserveRefund,
  settleRefund,
  startWorker,
  takeBackCredit,
  takeLease,
  verifyBooks,
} from './index.ts';

const connections = 64;
const verbsPerConnection = 12;
const organizations = ['a', 'b', 'c'];
const workers = ['w0', 'w1', 'w2', 'w3'];
let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase(connections);
});
afterAll(() => db.drop());

const step = fc.record({
  verb: fc.constantFrom(
    'grant',
    'order',
    'reserve',
    'take back',
    'freeze',
    'settle',
    'cancel',
    'adjust',
    'take',
    'take',
    'release',
    'capture',
    'capture',
    'place hold',
    'release hold',
    'capture hold',
    'renew',
    'lapse',
    'restart',
  ),
  organization: fc.constantFrom(...organizations),
  worker: fc.constantFrom(...workers),
  amount: fc.bigInt(1n, 500n),
  records: fc.array(fc.tuple(fc.nat(400), fc.constantFrom(...organizations)), { maxLength: 30 }),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

async function run({ verb, organization, worker, amount, records }: Step, fact: string): Promise<unknown> {
  const sql = db.database;
  const [known] = await sql.query<{ epoch: bigint }>('SELECT epoch FROM worker WHERE id = $1', [worker]);
  const life = { workerId: worker, epoch: known?.epoch ?? 0n };
  const credit = { key: fact, organizationId: organization, reason: 'test', actor: 'test' };
  if (verb === 'grant') return grantCredit(sql, { ...credit, amountNanoUsd: amount });
  if (verb === 'order') {
    return creditOrder(sql, {
      orderId: `order:${organization}`,
      organizationId: organization,
      amountNanoUsd: 5_000n,
      actor: 'test',
    });
  }
  const refund = { refundId: `${organization}-${worker}`, organizationId: organization, actor: 'test' };
  const part = { orderId: `order:${organization}`, amountNanoUsd: amount };
  if (verb === 'reserve') return reserveRefund(sql, { ...refund, ...part });
  if (verb === 'take back') return takeBackCredit(sql, { ...refund, ...part });
  if (verb === 'freeze') return freezeForDispute(sql, { ...refund, ...part, disputeId: refund.refundId });
  if (verb === 'settle') return settleRefund(sql, refund);
  if (verb === 'cancel') return cancelRefund(sql, refund);
  if (verb === 'adjust') {
    return adjust(sql, { ...credit, amountNanoUsd: -amount }).catch((error) => {
      if (!(error instanceof RelayError)) throw error;
    });
  }
  if (verb === 'take') {
    const lease = { organizationId: organization, wantNanoUsd: amount, minNanoUsd: 1n, ttlMs: 60_000 };
    return takeLease(sql, { ...life, ...lease });
  }
  if (verb === 'release') return releaseLease(sql, { ...life, organizationId: organization, amountNanoUsd: amount });
  if (verb === 'capture') {
    const named = records.map(([request, owner]): [string, string, bigint] => [`${owner}-${request}`, owner, 3n]);
    return sql.transaction((inside) => captureBatch(inside, { workerId: worker, charges: batch(...named) }));
  }
  const hold = { key: worker, organizationId: organization };
  if (verb === 'place hold') return placeHold(sql, { ...hold, amountNanoUsd: amount, ttlMs: 60_000 });
  if (verb === 'release hold') return releaseHold(sql, hold);
  if (verb === 'capture hold') {
    return sql.transaction((inside) => captureHold(inside, { ...hold, requestId: fact, chargeNanoUsd: amount }));
  }
  if (verb === 'renew') return renewLeases(sql, { ...life, ttlMs: 60_000 });
  if (verb === 'restart') {
    const { epoch } = await startWorker(sql, { workerId: worker, address: 'here' });
    return releaseWorkerLeases(sql, { workerId: worker, beforeEpoch: epoch });
  }
  await sql.query(
    `UPDATE credit_lease SET expires_at = now() - interval '1 s' WHERE worker_id = $1 AND organization_id = $2`,
    [worker, organization],
  );
  return expireLeases(sql);
}

test('64 connections mixing every verb on three organizations never deadlock, and the books stay sound', async () => {
  for (const workerId of workers) await startWorker(db.database, { workerId, address: 'here' });
  const scripts = fc.sample(
    fc.array(step, { minLength: verbsPerConnection, maxLength: verbsPerConnection }),
    connections,
  );
  const outcomes = await Promise.allSettled(
    scripts.map(async (script, connection) => {
      for (const [place, one] of script.entries()) await run(one, `fact:${connection}:${place}`);
    }),
  );
  expect(outcomes.filter((outcome) => outcome.status === 'rejected')).toEqual([]);
  expect(await verifyBooks(db.database)).toEqual([]);
}, 120_000);
