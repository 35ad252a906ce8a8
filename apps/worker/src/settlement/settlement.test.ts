import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Database } from '@ai-bridge/db';
import { type SettlementRecord, systemClock } from '@ai-bridge/domain';
import { grantCredit, readBalance, startWorker, takeLease, verifyBooks } from '@ai-bridge/ledger';
import { createTestDatabase } from '@ai-bridge/testing';
import { usageSummary } from '@ai-bridge/usage';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createCreditBook, createDatabaseHealth, Reservation } from '../credit/index.ts';
import { createJournal, type Journal } from '../journal/index.ts';
import { createSettler, openDeadLetters, readOutcomeLine, recover } from './index.ts';
import { journalLine } from './journal-line.fixture.ts';

/** Waits for what happens in its own time; the bound is only there to end a test that has failed. */
const soon = <Result>(check: () => Result | Promise<Result>) => vi.waitFor(check, { timeout: 20_000, interval: 10 });

let db: Awaited<ReturnType<typeof createTestDatabase>>;
let folder: string;
let organizationId: string;
let counter = 0;
let cleanups: (() => unknown)[] = [];
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-settlement-'));
  organizationId = `org_${++counter}`;
  const fact = { key: `grant:${organizationId}`, reason: 'test', actor: 'test' };
  await grantCredit(db.database, { ...fact, organizationId, amountNanoUsd: 1_000_000n });
});
afterEach(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
  cleanups = [];
  fs.rmSync(folder, { recursive: true, force: true });
  expect(await verifyBooks(db.database)).toEqual([]);
});

const lineOf = (id: string, change?: Partial<SettlementRecord>) => journalLine({ organizationId, id }, change);
const checkpointOf = (id: string, chargeNanoUsd: string) =>
  journalLine({ organizationId, id, kind: 'checkpoint' }, { chargeNanoUsd });

/** The database as the settler sees it: `state.isDown` cuts it off, `state.isDeaf` loses the word of a commit. */
function breakable() {
  const state = { isDown: false, isDeaf: false };
  const refuse = () => Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' });
  const database: Database = {
    query: (text, values) => (state.isDown ? Promise.reject(refuse()) : db.database.query(text, values)),
    async transaction(work) {
      if (state.isDown) throw refuse();
      const result = await db.database.transaction(work);
      if (state.isDeaf) throw refuse();
      return result;
    },
  };
  return { state, database };
}

async function rig(options: { maxDelayMs?: number; maxBatch?: number; workerId?: string } = {}) {
  const workerId = options.workerId ?? `wrk_${organizationId}`;
  const { epoch } = await startWorker(db.database, { workerId, address: 'test' });
  const { state, database } = breakable();
  const health = createDatabaseHealth({ probe: () => database.query('SELECT 1'), clock: systemClock, probeMs: 20 });
  const credit = createCreditBook({ database, health, workerId, epoch, address: 'test', clock: systemClock });
  const journal = await createJournal({ folder, segmentBytes: 4096, onError: () => {} });
  const deadLetters = openDeadLetters(folder);
  const errors: unknown[] = [];
  const settler = createSettler({
    ...{ database, workerId, deadLetters, health, credit, journal, clock: systemClock, maxDelayMs: 5, ...options },
    onError: (error) => errors.push(error),
  });
  cleanups.push(async () => {
    settler.stop();
    await credit.stop().catch(() => {});
    health.stop();
    await journal.close();
  });
  const finish = (line: string) => journalThenSettle(journal, settler, line);
  const recoverAgain = (files = journal.earlier) =>
    recover({ database: db.database, workerId, deadLetters, files, quarantineFolder: folder, epoch });
  return { state, settler, credit, journal, deadLetters, errors, finish, recoverAgain, workerId };
}

function journalThenSettle(journal: Journal, settler: ReturnType<typeof createSettler>, line: string): Promise<void> {
  return new Promise((resolve) => {
    const sequence = journal.append(line, () => {
      settler.enqueue({ ...readOutcomeLine(line), sequence });
      resolve();
    });
  });
}

const summary = () => usageSummary(db.database, { organizationId, since: new Date() });
const posted = async () => (await readBalance(db.database, organizationId)).postedNanoUsd;

test('outcomes reach the ledger and the usage records, each once, and the journal shrinks', async () => {
  const { finish, settler, journal } = await rig({ maxBatch: 50 });
  for (let round = 0; round < 20; round++) {
    await Promise.all(Array.from({ length: 10 }, (_, index) => finish(lineOf(`req_${round}_${index}`))));
  }
  expect(await settler.drain(5_000)).toBe(true);
  expect((await summary()).requests).toBe(200n);
  expect(await posted()).toBe(1_000_000n - 2_000n);
  expect(settler.status()).toMatchObject({ unsettled: 0, settled: 200, oldestUnsettledMs: undefined });
  expect(settler.status().lastBatchMs).toBeGreaterThan(0);
  await soon(() => expect(journal.status().segments).toBe(1));
});

test('whatever stands twice in a batch or is sent again is charged once, and what is recorded is what is charged', async () => {
  const { settler, finish } = await rig();
  const request = fc.record({ id: fc.nat(12), charge: fc.nat(50), other: fc.boolean() });
  const first = new Map<string, bigint>();
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 20 }), async (requests) => {
      const finished = requests.map(({ id, charge, other }) => {
        const owner = other ? `${organizationId}_other` : organizationId;
        const change = { organizationId: owner, chargeNanoUsd: String(charge) };
        const key = `${owner} ${id}`;
        if (!first.has(key)) first.set(key, BigInt(charge));
        return finish(lineOf(`${other}_${id}`, change));
      });
      await Promise.all(finished);
      expect(await settler.drain(5_000)).toBe(true);
      const [sums] = await db.database.query<{ recorded: bigint; captured: bigint }>(
        `SELECT (SELECT coalesce(sum(charge_nano_usd), 0)::bigint FROM usage_record WHERE organization_id LIKE $1) AS recorded,
                (SELECT coalesce(sum(amount_nano_usd), 0)::bigint FROM ledger_entry
                 WHERE organization_id LIKE $1 AND kind IN ('capture', 'overrun')) AS captured`,
        [`${organizationId}%`],
      );
      const owed = [...first.values()].reduce((sum, charge) => sum + charge, 0n);
      expect(sums).toEqual({ recorded: owed, captured: owed });
    }),
    { numRuns: 40 },
  );
});

test('a settled charge leaves the credit book as it leaves the balance', async () => {
  const { finish, settler, credit } = await rig();
  const reservation = await credit.reserveSoon(organizationId, 500n);
  if (!(reservation instanceof Reservation)) throw new Error(reservation);
  credit.finish(reservation, 10n);
  await finish(lineOf('req_1'));
  await settler.drain(5_000);
  const { leasedNanoUsd, unsettledNanoUsd } = credit.status();
  expect(unsettledNanoUsd).toBe(0n);
  expect(leasedNanoUsd).toBe((await readBalance(db.database, organizationId)).heldNanoUsd);
});

test('while Postgres is away nothing is lost, and a commit whose word was lost is not charged again', async () => {
  const { finish, settler, state, credit, errors } = await rig();
  const reservation = await credit.reserveSoon(organizationId, 500n);
  if (!(reservation instanceof Reservation)) throw new Error(reservation);
  credit.finish(reservation, 110n);
  state.isDeaf = true;
  await finish(lineOf('req_unheard'));
  await soon(() => expect(errors.length).toBeGreaterThan(0));
  state.isDown = true;
  await Promise.all(Array.from({ length: 10 }, (_, index) => finish(lineOf(`req_${index}`))));
  expect(settler.status().unsettled).toBe(11);
  const waited = settler.status().oldestUnsettledMs ?? -1;
  expect(waited).toBeGreaterThanOrEqual(0);
  await soon(() => expect(settler.status().oldestUnsettledMs).toBeGreaterThan(waited));
  state.isDeaf = false;
  state.isDown = false;
  expect(await settler.drain(5_000)).toBe(true);
  expect((await summary()).requests).toBe(11n);
  expect(await posted()).toBe(1_000_000n - 110n);
  expect(credit.status().unsettledNanoUsd).toBe(0n);
});

test('a record that Postgres refuses is mended or set aside, and never in the way of the others', async () => {
  const { finish, settler, deadLetters } = await rig({ maxDelayMs: 100 });
  await Promise.all([
    ...Array.from({ length: 20 }, (_, index) => finish(lineOf(`req_${index}`))),
    finish(lineOf('req_nul', { modelRequested: 'a\0b', losses: [{ path: 'x\ud800', reason: '' }] })),
    finish(lineOf('req_bad', { createdAt: 'yesterday-ish' })),
    finish(lineOf('req_half', { usage: { input: 0.5 } })),
  ]);
  expect(await settler.drain(5_000)).toBe(true);
  expect((await summary()).requests).toBe(21n);
  expect(await posted()).toBe(1_000_000n - 210n);
  expect(deadLetters.count).toBe(2);
  expect(fs.readFileSync(path.join(folder, 'dead-letters.jsonl'), 'utf8')).toContain('req_bad');
  expect(openDeadLetters(folder).count).toBe(2);
});

test('no text that callers choose keeps a request from being settled', async () => {
  const { finish, settler, deadLetters } = await rig({ maxDelayMs: 100 });
  const texts = fc.sample(fc.string({ unit: 'binary', size: 'medium' }), 40);
  const own = { channelId: 'chn_1', provider: 'p', paidBy: 'house' } as const;
  await Promise.all(
    ['\0', '\ud800', '\udc00x', ...texts].map((any, index) =>
      finish(
        lineOf(`req_${index}`, {
          ...{ modelRequested: any, endpoint: any, losses: [{ path: any, reason: any }] },
          attempts: [{ ...own, model: any, error: any }],
        }),
      ),
    ),
  );
  expect(await settler.drain(10_000)).toBe(true);
  expect((await summary()).requests).toBe(43n);
  expect(deadLetters.count).toBe(0);
});

test('an outcome that the journal could not take is told settled only once it is in Postgres', async () => {
  const { settler } = await rig({ maxDelayMs: 60_000 });
  await new Promise<void>((resolve) =>
    settler.enqueue({ ...readOutcomeLine(lineOf('req_direct')), sequence: 0 }, resolve),
  );
  expect((await summary()).requests).toBe(1n);
});

test('draining gives up in time when Postgres stays away', async () => {
  const { finish, settler, state } = await rig();
  state.isDown = true;
  await finish(lineOf('req_1'));
  expect(await settler.drain(50)).toBe(false);
});

test('a restart settles what the journal holds: outcomes exactly, cut requests at their last checkpoint, once', async () => {
  const first = await rig();
  await takeLease(db.database, {
    ...{ workerId: first.workerId, epoch: 1n, organizationId, ttlMs: 60_000 },
    wantNanoUsd: 500_000n,
    minNanoUsd: 1n,
  });
  first.state.isDown = true;
  await first.finish(lineOf('req_done'));
  first.journal.checkpoint(checkpointOf('req_cut', '3'));
  first.journal.checkpoint(checkpointOf('req_cut', '5'));
  first.journal.checkpoint(checkpointOf('req_ended', '7'));
  await first.finish(lineOf('req_ended', { chargeNanoUsd: '0' }));
  first.settler.stop();
  await first.journal.close();

  const second = await rig({ workerId: first.workerId });
  expect(await second.recoverAgain([])).toMatchObject({ outcomes: 0 });
  const copies = second.journal.earlier.map((file) => [file, fs.readFileSync(file)] as const);
  expect(await second.recoverAgain()).toEqual({ outcomes: 2, interrupted: 1, quarantined: 0, tornFiles: 0 });
  const after = { requests: (await summary()).requests, posted: await posted() };
  expect(after).toEqual({ requests: 3n, posted: 1_000_000n - 15n });
  expect((await readBalance(db.database, organizationId)).heldNanoUsd).toBe(0n);
  expect(copies.map(([file]) => fs.existsSync(file))).not.toContain(true);

  for (const [file, bytes] of copies) fs.writeFileSync(file, bytes);
  await second.recoverAgain(copies.map(([file]) => file));
  expect({ requests: (await summary()).requests, posted: await posted() }).toEqual(after);
});

test('a checkpoint whose outcome is recorded already, and was free, charges nothing', async () => {
  const first = await rig();
  await first.finish(lineOf('req_free', { chargeNanoUsd: '0' }));
  await first.settler.drain(5_000);
  first.journal.checkpoint(checkpointOf('req_free', '9'));
  await first.journal.close();
  const second = await rig({ workerId: first.workerId });
  expect(await second.recoverAgain()).toMatchObject({ interrupted: 0 });
  expect(await posted()).toBe(1_000_000n);
});

test('broken lines of a journal are kept aside and the whole ones settled', async () => {
  const first = await rig();
  first.state.isDown = true;
  for (let index = 0; index < 3; index++) await first.finish(lineOf(`req_${index}`));
  first.settler.stop();
  await first.journal.close();
  const second = await rig({ workerId: first.workerId });
  const [file = ''] = second.journal.earlier;
  const bytes = fs.readFileSync(file);
  const secondLine = bytes.indexOf(0x0a) + 1;
  bytes[secondLine + 30]! ^= 1;
  const end = bytes.lastIndexOf(0x0a);
  fs.writeFileSync(file, bytes.subarray(0, end));
  expect(await second.recoverAgain()).toEqual({ outcomes: 1, interrupted: 0, quarantined: 1, tornFiles: 1 });
  expect(fs.readFileSync(path.join(folder, 'quarantine.log'), 'utf8')).toContain('req_1');
});
