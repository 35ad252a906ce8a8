import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyBooks } from './index.ts';
import { type Verb, verbsFor } from './random-verbs.fixture.ts';
import { History } from './random-verbs.history.fixture.ts';

/** `npm run ledger:histories` makes many long ones. */
const histories = Number(process.env.LEDGER_HISTORIES ?? 20);
const longest = Number(process.env.LEDGER_STEPS ?? 50);
/** Every verb's answer is compared; the tables after each step of a short history, and now and then in a long one. */
const compareEvery = Math.ceil(longest / 100);
const perStepMs = 100;

let db: TestDatabase;
let runs = 0;
beforeEach(async () => {
  db = await createTestDatabase();
});
afterEach(() => db.drop());

async function runHistory(steps: readonly Verb[]): Promise<void> {
  const run = new History(db.database, `run-${++runs}`);
  await run.begin();
  for (const [at, step] of steps.entries()) {
    await run.apply(step);
    if (at % compareEvery === 0) await run.compare();
  }
  for (const worker of run.workers) await run.restart(worker, true);
  await run.compare();
  expect(await verifyBooks(db.database)).toEqual([]);
}

test(
  'any history of verbs leaves the database as a small model of the ledger says, and the books sound',
  async () => {
    const steps = fc.array(verbsFor(longest), { minLength: Math.ceil(longest / 2), maxLength: longest, size: 'max' });
    await fc.assert(fc.asyncProperty(steps, runHistory), { numRuns: histories, endOnFailure: histories > 100 });
  },
  120_000 + histories * longest * perStepMs,
);
