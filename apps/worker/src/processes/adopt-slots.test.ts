import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { SettlementRecord } from '@ai-bridge/domain';
import { grantCredit, readBalance, startWorker, takeLease, verifyBooks } from '@ai-bridge/ledger';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { listWorkers } from '@ai-bridge/usage';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createJournal, type Journal } from '../journal/index.ts';
import { openDeadLetters } from '../settlement/index.ts';
import { journalLine } from '../settlement/journal-line.fixture.ts';
import { joinWorkers, readWorkerId, workerIdsOf } from '../worker-id.ts';
import { adoptSlots, startAdopting } from './adopt-slots.ts';
import { slotFolder, slotsWithFolders } from './slot-folder.ts';

let db: TestDatabase;
let dataFolder: string;
let organizationId: string;
let counter = 0;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-slots-'));
  await newOrganization();
});
afterEach(async () => {
  fs.rmSync(dataFolder, { recursive: true, force: true });
  expect(await verifyBooks(db.database)).toEqual([]);
});

const log = { info() {}, error() {} };
const options = (processes: number) => ({
  ...{ database: db.database, log, dataFolder, processes },
  deadLetters: openDeadLetters(dataFolder),
});
const balance = () => readBalance(db.database, organizationId);

async function newOrganization(): Promise<void> {
  organizationId = `org_${++counter}`;
  const fact = { key: `grant:${organizationId}`, reason: 'test', actor: 'test' };
  await grantCredit(db.database, { ...fact, organizationId, amountNanoUsd: 1_000_000n });
}

const lineOf = (id: number, charge: number, kind: 'outcome' | 'checkpoint') =>
  journalLine({ organizationId, id: String(id), kind }, { chargeNanoUsd: String(charge) });

/** A process as it is between its start and its end by SIGKILL: it holds credit, and has a journal. */
async function live(slot: number): Promise<{ journal: Journal; workerId: string }> {
  const folder = slotFolder(dataFolder, slot);
  const workerId = readWorkerId(folder);
  const { epoch } = await startWorker(db.database, { workerId, address: `here #${slot}` });
  const amounts = { wantNanoUsd: 1_000n, minNanoUsd: 1n, ttlMs: 60_000 };
  await takeLease(db.database, { workerId, epoch, organizationId, ...amounts });
  const journal = await createJournal({ folder: path.join(folder, 'journal'), segmentBytes: 4096, onError: () => {} });
  return { journal, workerId };
}

const write = (journal: Journal, line: string) =>
  new Promise<void>((resolve, reject) => journal.append(line, (error) => (error ? reject(error) : resolve())));

test('the first process works in the data folder itself, every other in one of its own', () => {
  expect(slotFolder('/data', 1)).toBe('/data');
  expect(slotFolder('/data', 12)).toBe('/data/processes/12');
  expect(slotsWithFolders(dataFolder)).toEqual([]);
  for (const name of ['10', '2', '1', '0', 'x', '3.bak']) {
    fs.mkdirSync(path.join(dataFolder, 'processes', name), { recursive: true });
  }
  expect(slotsWithFolders(dataFolder)).toEqual([2, 10]);
});

test('whatever any process journaled is settled once, however many run afterwards and however often it is tried', async () => {
  const entry = fc.record({
    slot: fc.integer({ min: 2, max: 4 }),
    id: fc.nat(15),
    charge: fc.nat(50),
    cut: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(entry, { selector: ({ id }) => id, minLength: 1, maxLength: 12 }),
      fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
      async (entries, counts) => {
        await newOrganization();
        const lives = new Map<number, Awaited<ReturnType<typeof live>>>();
        for (const { slot } of entries) if (!lives.has(slot)) lives.set(slot, await live(slot));
        for (const { slot, id, charge, cut } of entries) {
          const { journal } = lives.get(slot)!;
          journal.checkpoint(lineOf(id, cut ? charge : charge + 1, 'checkpoint'));
          if (!cut) await write(journal, lineOf(id, charge, 'outcome'));
        }
        for (const { journal } of lives.values()) await journal.close();
        const copy = `${dataFolder}.copy`;
        fs.cpSync(path.join(dataFolder, 'processes'), copy, { recursive: true });

        for (const count of [...counts.sort((a, b) => b - a), 1]) expect(await adoptSlots(options(count))).toBe(0);
        const owed = entries.reduce((sum, { charge }) => sum + BigInt(charge), 0n);
        const settled = { posted: 1_000_000n - owed, held: 0n, requests: BigInt(entries.length) };
        const now = async () => {
          const { postedNanoUsd: posted, heldNanoUsd: held } = await balance();
          const [row] = await db.database.query<{ count: bigint }>(
            'SELECT count(*) FROM usage_record WHERE organization_id = $1',
            [organizationId],
          );
          return { posted, held, requests: row!.count };
        };
        expect(await now()).toEqual(settled);
        expect(slotsWithFolders(dataFolder)).toEqual([]);

        fs.cpSync(copy, path.join(dataFolder, 'processes'), { recursive: true });
        fs.rmSync(copy, { recursive: true });
        await adoptSlots(options(1));
        expect(await now()).toEqual(settled);
      },
    ),
    { numRuns: 25 },
  );
});

test('the processes that run are left alone, and those that do not are known to have stopped', async () => {
  const second = await live(2);
  const third = await live(3);
  await third.journal.close();
  await write(second.journal, lineOf(1, 5, 'outcome'));
  await adoptSlots(options(2));
  expect(slotsWithFolders(dataFolder)).toEqual([2]);
  expect((await balance()).heldNanoUsd).toBe(1_000n);
  const states = new Map((await listWorkers(db.database)).map(({ id, state, address }) => [id, [state, address]]));
  expect(states.get(second.workerId)).toEqual(['serving', 'here #2']);
  expect(states.get(third.workerId)).toEqual(['stopped', 'here #3']);
  await second.journal.close();
});

test('a process that still ends its streams settles for itself; once it is gone, what it left is settled', async () => {
  const { journal } = await live(2);
  await write(journal, lineOf(1, 5, 'outcome'));
  expect(await adoptSlots(options(1))).toBe(1);
  expect((await balance()).postedNanoUsd).toBe(1_000_000n);
  await journal.close();
  const adopting = startAdopting(options(1));
  await vi.waitFor(async () => expect((await balance()).postedNanoUsd).toBe(999_995n), { timeout: 20_000 });
  await adopting.stop();
});

test('what Postgres would not take stays for a person to look at, and is counted by the process that adopts', async () => {
  const { journal } = await live(2);
  await journal.close();
  const folder = slotFolder(dataFolder, 2);
  openDeadLetters(folder).write({ requestId: 'req_old' } as SettlementRecord, new Error('no'));
  const adopting = options(1);
  await adoptSlots(adopting);
  expect(adopting.deadLetters.count).toBe(1);
  expect(openDeadLetters(dataFolder).count).toBe(1);
  expect(fs.readFileSync(path.join(dataFolder, 'dead-letters.jsonl'), 'utf8')).toContain('req_old');
  expect(fs.existsSync(folder)).toBe(false);
});

test('processes of one data folder are no strangers to each other, whatever an earlier life shared; those of another are', async () => {
  const { workerId, journal } = await live(2);
  await journal.close();
  await db.database.query(`UPDATE worker SET stopped_at = now() WHERE id <> $1`, [workerId]);
  await db.database.query(`UPDATE worker SET shared_state = 'of the time before' WHERE id = $1`, [workerId]);
  expect(await joinWorkers(db.database, workerIdsOf(dataFolder), undefined)).toBe(0);
  await expect(joinWorkers(db.database, ['wrk_other'], undefined)).rejects.toThrow('another worker serves');
  await expect(joinWorkers(db.database, ['wrk_other'], 'another')).rejects.toThrow('another UPSTASH_REDIS_REST_URL');
  expect(await joinWorkers(db.database, ['wrk_other'], 'of the time before')).toBe(1);
});
