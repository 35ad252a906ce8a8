import { type Database, openPool, type Sql } from '@ai-bridge/db';
import { systemClock } from '@ai-bridge/domain';
import { grantCredit, ledgerChannels, readBalance, startWorker, verifyBooks } from '@ai-bridge/ledger';
import { createTestDatabase } from '@ai-bridge/testing';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import {
  type CreditBook,
  type CreditBookOptions,
  createCreditBook,
  createDatabaseHealth,
  Reservation,
} from './index.ts';

/** Waits for what happens in its own time; the bound is only there to end a test that has failed. */
const soon = <Result>(check: () => Result | Promise<Result>) => vi.waitFor(check, { timeout: 20_000, interval: 10 });

let db: Awaited<ReturnType<typeof createTestDatabase>>;
let organizationId: string;
let opened: { book: CreditBook; stop(): void }[] = [];
let counter = 0;
beforeAll(async () => {
  db = await createTestDatabase(20);
});
afterAll(() => db.drop());
beforeEach(() => {
  organizationId = `org_${++counter}`;
});
afterEach(async () => {
  for (const { book, stop } of opened) {
    await book.stop().catch(() => {});
    stop();
  }
  opened = [];
  expect(await verifyBooks(db.database)).toEqual([]);
});

const grant = (amountNanoUsd: bigint) =>
  grantCredit(db.database, {
    key: `grant:${organizationId}:${++counter}`,
    organizationId,
    amountNanoUsd,
    reason: 'test',
    actor: 'test',
  });
const balance = () => readBalance(db.database, organizationId);

/** Counts statements and can be taken away like a database that refuses, or hangs. */
function watched(database: Database) {
  const state = { statements: 0, isDown: false };
  const through = (sql: Sql): Sql => ({
    query: (text, values) => {
      state.statements++;
      if (state.isDown) return Promise.reject(Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' }));
      return sql.query(text, values);
    },
  });
  const wrapped: Database = {
    ...through(database),
    transaction: (work) => database.transaction((sql) => work(through(sql))),
  };
  return { state, database: wrapped };
}

async function worker(name: string, options: Partial<CreditBookOptions> = {}) {
  const workerId = `${name}_${organizationId}`;
  const { epoch } = await startWorker(db.database, { workerId, address: 'test' });
  const { state, database } = watched(db.database);
  const health = createDatabaseHealth({ probe: () => database.query('SELECT 1'), clock: systemClock, probeMs: 20 });
  const book = createCreditBook({
    database,
    health,
    workerId,
    epoch,
    address: 'test',
    clock: systemClock,
    waitMs: 300,
    retryMs: 20,
    ...options,
  });
  opened.push({ book, stop: () => health.stop() });
  return { book, state, health, workerId };
}

/** Carries recall and balance notifications to books, as the worker's listener does. */
async function deliverTo(...books: CreditBook[]) {
  const connection = await db.database.pool.connect();
  await connection.query(`LISTEN ${ledgerChannels.recall}`);
  await connection.query(`LISTEN ${ledgerChannels.balance}`);
  connection.on('notification', ({ channel, payload = '' }) => {
    for (const book of books) channel === ledgerChannels.recall ? book.recalled(payload) : book.creditArrived(payload);
  });
  return async () => {
    connection.removeAllListeners('notification');
    await connection.query('UNLISTEN *');
    connection.release();
  };
}

const reservations = (results: (Reservation | string)[]) => results.filter((one) => one instanceof Reservation);
async function reserved(book: CreditBook, amount: bigint): Promise<Reservation> {
  const result = await book.reserveSoon(organizationId, amount);
  if (!(result instanceof Reservation)) throw new Error(result);
  return result;
}

test('of 1,000 concurrent requests on two workers exactly those that the balance is good for get credit', async () => {
  await grant(10n);
  const [one, two] = [await worker('a'), await worker('b')];
  const unlisten = await deliverTo(one.book, two.book);
  const wishes = Array.from({ length: 1_000 }, (_, index) =>
    (index % 2 ? one : two).book.reserveSoon(organizationId, 1n),
  );
  const results = await Promise.all(wishes);
  expect(reservations(results)).toHaveLength(10);
  expect(results.filter((one) => one === 'balance_in_use')).toHaveLength(990);
  expect(await balance()).toMatchObject({ heldNanoUsd: 10n, availableNanoUsd: 0n });
  await unlisten();
});

test('an amount above the whole balance is refused at once, and so is anything for an organization without credit', async () => {
  await grant(10n);
  const { book, state } = await worker('a', { waitMs: 60_000 });
  expect(await book.reserveSoon(organizationId, 11n)).toBe('insufficient_balance');
  expect(await book.reserveSoon('org_unknown', 1n)).toBe('insufficient_balance');
  const before = state.statements;
  for (let index = 0; index < 50; index++)
    expect(await book.reserveSoon('org_unknown', 1n)).toBe('insufficient_balance');
  expect(state.statements).toBe(before);
});

test('credit that arrives is usable at once by who was refused a moment ago', async () => {
  const { book } = await worker('a');
  expect(await book.reserveSoon(organizationId, 5n)).toBe('insufficient_balance');
  await grant(5n);
  book.creditArrived(organizationId);
  expect(await book.reserveSoon(organizationId, 5n)).toBeInstanceOf(Reservation);
});

test('who waits is served, first come first served, when a request under way ends', async () => {
  await grant(10n);
  const { book } = await worker('a', { waitMs: 60_000 });
  const all = await reserved(book, 10n);
  const served: number[] = [];
  const waiting = [6n, 3n, 1n].map((amount, index) =>
    book.reserveSoon(organizationId, amount).then((result) => {
      served.push(index);
      return result;
    }),
  );
  await soon(() => expect(book.status().waiting).toBe(3));
  expect(book.reserve(organizationId, 0n)).toBeUndefined();
  book.finish(all, 0n);
  expect(reservations(await Promise.all(waiting))).toHaveLength(3);
  expect(served).toEqual([0, 1, 2]);
});

test('a request under way that wants more goes before new ones, and is told when there is no more', async () => {
  await grant(10n);
  const { book } = await worker('a', { waitMs: 60_000 });
  const first = await reserved(book, 4n);
  const second = await reserved(book, 6n);
  const fresh = book.reserveSoon(organizationId, 4n);
  const more = book.extendSoon(first, 5n);
  expect(await book.extendSoon(first, 7n)).toBe(false);
  book.finish(second, 0n);
  expect(await more).toBe(true);
  expect(first.amountNanoUsd).toBe(9n);
  book.finish(first, 0n);
  expect(await fresh).toBeInstanceOf(Reservation);
});

test('what one worker does not need comes to another that asks for it', async () => {
  await grant(1_000_000_000n);
  const [one, two] = [await worker('a'), await worker('b', { waitMs: 20_000 })];
  const unlisten = await deliverTo(one.book, two.book);
  one.book.finish(await reserved(one.book, 900_000_000n), 0n);
  expect(await two.book.reserveSoon(organizationId, 1_000_000_000n)).toBeInstanceOf(Reservation);
  await unlisten();
});

test('two workers that each hold a part of what the other needs do not block each other for ever', async () => {
  await grant(10n);
  const [one, two] = [await worker('a', { waitMs: 2_000 }), await worker('b', { waitMs: 2_000 })];
  const unlisten = await deliverTo(one.book, two.book);
  one.book.finish(await reserved(one.book, 5n), 0n);
  two.book.finish(await reserved(two.book, 5n), 0n);
  const results = await Promise.all([one, two].map(({ book }) => book.reserveSoon(organizationId, 8n)));
  expect(reservations(results)).toHaveLength(1);
  await unlisten();
});

test('a lease with nothing in flight is given back', async () => {
  await grant(10_000_000_000n);
  let aheadMs = 0;
  const { book } = await worker('a', { clock: { now: Date.now, monotonicMs: () => performance.now() + aheadMs } });
  book.finish(await reserved(book, 1_000_000n), 0n);
  expect((await balance()).heldNanoUsd).toBeGreaterThan(0n);
  aheadMs = 5_000;
  await soon(async () => expect((await balance()).heldNanoUsd).toBe(0n));
  await soon(() => expect(book.status().organizations).toBe(0));
});

test('stopping gives everything back', async () => {
  await grant(10_000_000_000n);
  const { book } = await worker('a');
  await reserved(book, 1_000_000n);
  await book.stop();
  expect((await balance()).heldNanoUsd).toBe(0n);
  expect(await book.reserveSoon(organizationId, 1n)).toBe('ledger_unavailable');
});

test('a thousand requests of an organization with balance cost a handful of statements', async () => {
  await grant(1_000_000_000_000n);
  const { book, state } = await worker('a');
  const before = state.statements;
  for (let round = 0; round < 50; round++) {
    const batch = Array.from(
      { length: 20 },
      async () => book.reserve(organizationId, 20_000_000n) ?? reserved(book, 20_000_000n),
    );
    for (const reservation of await Promise.all(batch)) book.finish(reservation, 3_000_000n);
    book.beginSettling([{ organizationId, chargeNanoUsd: 60_000_000n }]).committed([]);
  }
  expect(state.statements - before).toBeLessThan(30);
});

test('a small balance is not leased beyond what requests need and a quarter of the rest', async () => {
  await grant(40_000_000n);
  const { book } = await worker('a');
  await reserved(book, 4_000_000n);
  await soon(async () => expect(await balance()).toMatchObject({ heldNanoUsd: 13_000_000n }));
  expect(book.availableHint(organizationId)).toBe(36_000_000n);
});

test('with the database away what is leased can be spent, more is refused at once, and all is well when it is back', async () => {
  await grant(10_000_000_000n);
  const { book, state, health } = await worker('a', { waitMs: 60_000 });
  await reserved(book, 10_000_000n);
  await soon(() => expect(book.status().leasedNanoUsd).toBeGreaterThan(50_000_000n));
  state.isDown = true;
  const waiting = Promise.all([1, 2, 3].map(() => book.reserveSoon(organizationId, 1_000_000_000n)));
  expect(await waiting).toEqual(['ledger_unavailable', 'ledger_unavailable', 'ledger_unavailable']);
  expect(health.isAway).toBe(true);
  const before = state.statements;
  expect(book.reserve(organizationId, 1_000n)).toBeInstanceOf(Reservation);
  expect(await book.reserveSoon('org_other', 1n)).toBe('ledger_unavailable');
  expect(state.statements - before).toBeLessThanOrEqual(2);
  state.isDown = false;
  await soon(() => expect(health.isAway).toBe(false));
  expect(await book.reserveSoon(organizationId, 1_000_000_000n)).toBeInstanceOf(Reservation);
});

test('a database that hangs is noticed by its slowness', async () => {
  const gone = openPool({
    url: 'postgresql://x@127.0.0.1:1/x',
    maxConnections: 1,
    applicationName: 'test',
    connectTimeoutMs: 500,
  });
  const refused = createDatabaseHealth({ probe: () => gone.query('SELECT 1'), clock: systemClock });
  await expect(refused.watch(gone.query('SELECT 1'))).rejects.toThrow();
  expect(refused.isAway).toBe(true);
  refused.stop();
  await gone.close();
  const hanging = createDatabaseHealth({
    probe: () => db.database.query('SELECT 1'),
    clock: systemClock,
    slowCallMs: 30,
    probeMs: 10,
  });
  const call = hanging.watch(db.database.query('SELECT pg_sleep(0.3)'));
  const changes: boolean[] = [];
  hanging.onChange((isAway) => changes.push(isAway));
  await call;
  await soon(() => expect(changes.slice(0, 2)).toEqual([true, false]));
  hanging.stop();
});

test('leases that could not be renewed in time are not spent, and a worker whose leases were given away starts anew', async () => {
  await grant(100n);
  let nowMs = 0;
  const clock = { now: () => Date.now(), monotonicMs: () => nowMs };
  const { book, workerId } = await worker('a', { clock, heartbeatMs: 20 });
  const reservation = await reserved(book, 60n);
  nowMs = 55_000;
  await soon(() => expect(book.status().isUsable).toBe(true));
  const other = await worker('b');
  // In one transaction, so that no heartbeat comes between.
  await db.database.transaction(async (sql) => {
    await sql.query("UPDATE credit_lease SET expires_at = now() - interval '1 s' WHERE worker_id = $1", [workerId]);
    await sql.query('SELECT ledger_expire_leases()');
  });
  expect((await balance()).heldNanoUsd).toBe(0n);
  await soon(() => expect(book.status().leasedNanoUsd).toBe(0n));
  expect(book.status()).toMatchObject({ isFenced: false, reservedNanoUsd: 60n });
  const elsewhere = await reserved(other.book, 30n);
  book.finish(reservation, 0n);
  expect(await book.reserveSoon(organizationId, 40n)).toBeInstanceOf(Reservation);
  other.book.finish(elsewhere, 0n);
});

test("a second process under the same worker's name makes the first stop admitting", async () => {
  await grant(100n);
  let isFenced = false;
  const { book, workerId } = await worker('a', {
    heartbeatMs: 20,
    onFenced: () => {
      isFenced = true;
    },
  });
  await reserved(book, 10n);
  await startWorker(db.database, { workerId, address: 'elsewhere' });
  await soon(() => expect(isFenced).toBe(true));
  expect(book.reserve(organizationId, 1n)).toBeUndefined();
  expect(await book.reserveSoon(organizationId, 1n)).toBe('ledger_unavailable');
});

test('a charge above its reservation is taken from what is free, never to be spent twice', async () => {
  await grant(100n);
  const { book } = await worker('a');
  const first = await reserved(book, 10n);
  book.finish(first, 95n);
  expect(await book.reserveSoon(organizationId, 6n)).toBe('insufficient_balance');
  expect(() => book.finish(first, 0n)).toThrow('twice');
});

test('whatever order requests come, grow and end in, every one is answered and no more is reserved than there is', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('reserve' as const), amount: fc.bigInt(1n, 40n) }),
    fc.record({ kind: fc.constant('extend' as const), amount: fc.bigInt(1n, 20n), pick: fc.nat() }),
    fc.record({ kind: fc.constant('finish' as const), amount: fc.bigInt(0n, 10n), pick: fc.nat() }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.bigInt(20n, 100n), async (steps, total) => {
      organizationId = `org_${++counter}`;
      await grant(total);
      const { book } = await worker('a', { waitMs: 40, retryMs: 5 });
      const open: Reservation[] = [];
      const answers: Promise<unknown>[] = [];
      let charged = 0n;
      for (const one of steps) {
        const target = one.kind === 'reserve' ? undefined : open[one.pick % Math.max(1, open.length)];
        if (one.kind === 'reserve') {
          const answer = book.reserveSoon(organizationId, one.amount);
          answers.push(answer.then((result) => result instanceof Reservation && open.push(result)));
        } else if (target && one.kind === 'extend') answers.push(book.extendSoon(target, one.amount));
        else if (target) {
          const charge = one.amount % (target.amountNanoUsd + 1n);
          open.splice(open.indexOf(target), 1);
          charged += charge;
          book.finish(target, charge);
        }
        if (one.amount % 3n === 0n) await new Promise((resolve) => setTimeout(resolve, 1));
        const { reservedNanoUsd, unsettledNanoUsd } = book.status();
        expect(unsettledNanoUsd).toBe(charged);
        expect(reservedNanoUsd + unsettledNanoUsd).toBeLessThanOrEqual(total);
      }
      await Promise.all(answers);
      const { reservedNanoUsd, waiting } = book.status();
      expect(waiting).toBe(0);
      expect(reservedNanoUsd).toBe(open.reduce((sum, reservation) => sum + reservation.amountNanoUsd, 0n));
      await book.stop();
    }),
    { numRuns: 30 },
  );
});
