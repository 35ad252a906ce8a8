import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, Sql } from '@ai-bridge/db';
import { RelayError } from '@ai-bridge/domain';
import { placeHold, recallLeases, releaseHold } from '@ai-bridge/ledger';
import {
  type BatchWord,
  confirmBatch,
  dropBatch,
  insertBatch,
  isAwaitedOutput,
  type NewBatch,
  noteSeenBatch,
  pinObjects,
} from '@ai-bridge/usage';

/** A hold lasts so long from the last time that its batch was seen under way: upstreams finish within a day. */
export const holdTermMs = 72 * 3_600_000;
/** A batch whose creation nobody has confirmed by then is looked for at its upstream: longer than any creation takes. */
const unconfirmedAfterMs = 150_000;
/** How long one waits for workers to give back what they lease of a balance, and how often that is looked at. */
const recallWaitMs = 1_500;
const recallStepMs = 150;
/** Input files read at once, by everybody and by one organization: each keeps a line in memory and a connection busy. */
const maxReadings = 8;
const maxOwnReadings = 2;

/** Where batches are opened, and where requests about them are noted: rows and holds that outlive this process. */
export interface BatchDesk {
  /** Runs the reading of an input file. @throws RelayError rate_limit_exceeded, overloaded where enough are under way */
  reading<Result>(organizationId: string, read: () => Promise<Result>): Promise<Result>;
  /**
   * Holds what a batch may cost and writes it down, before its upstream hears of it.
   * @throws RelayError insufficient_balance, balance_in_use, ledger_unavailable
   */
  open(batch: NewBatch): Promise<void>;
  /** Its upstream has created it: it is looked after and belongs to its organization from now on. */
  confirm(batch: NewBatch, word: Pick<BatchWord, 'upstreamId' | 'status'>): Promise<void>;
  /** Its upstream has surely not created it: as if it had never been asked for. */
  drop(batch: NewBatch): Promise<void>;
  /** What a client is about to learn of a batch. */
  seen(organizationId: string, channelId: string, word: BatchWord): Promise<void>;
  /** Whether this file tells what a batch has used, and was not read yet. */
  isAwaitedOutput(organizationId: string, fileId: string): Promise<boolean>;
}

export function createBatchDesk(database: Database, pollMs: number): BatchDesk {
  const readers: string[] = [];

  async function tryOpen(batch: NewBatch): Promise<'opened' | 'in_use' | 'insufficient'> {
    return database.transaction(async (sql) => {
      const { id: key, organizationId, holdNanoUsd: amountNanoUsd } = batch;
      const hold = { key, organizationId, amountNanoUsd, ttlMs: holdTermMs };
      const placed = amountNanoUsd === 0n ? 'placed' : await placeHold(sql, hold);
      if (placed === 'in_use') return 'in_use';
      if (placed !== 'placed') return 'insufficient';
      await insertBatch(sql, batch, unconfirmedAfterMs);
      return 'opened';
    });
  }

  return {
    async reading(organizationId, read) {
      if (readers.filter((reader) => reader === organizationId).length >= maxOwnReadings) {
        throw new RelayError('rate_limit_exceeded', {
          limit: `${maxOwnReadings} batches being made at once`,
          retryAfterSeconds: 2,
        });
      }
      if (readers.length >= maxReadings) throw new RelayError('overloaded', { retryAfterSeconds: 2 });
      readers.push(organizationId);
      try {
        return await read();
      } finally {
        readers.splice(readers.indexOf(organizationId), 1);
      }
    },
    async open(batch) {
      const until = performance.now() + recallWaitMs;
      let result = await available(tryOpen(batch));
      if (result === 'in_use') await available(recallLeases(database, batch.organizationId));
      while (result === 'in_use' && performance.now() < until) {
        await sleep(recallStepMs);
        result = await available(tryOpen(batch));
      }
      if (result === 'in_use') throw new RelayError('balance_in_use', { retryAfterSeconds: 1 });
      if (result === 'insufficient') throw new RelayError('insufficient_balance');
    },
    async confirm(batch, { upstreamId, status }) {
      await available(
        database.transaction(async (sql) => {
          await confirmBatch(sql, { id: batch.id, upstreamId, status, nextPollMs: pollMs });
          const { organizationId, channelId, apiKeyId, model } = batch;
          await pinObjects(sql, [{ organizationId, channelId, apiKeyId, model, kind: 'batch', id: upstreamId }]);
        }),
      );
    },
    async drop(batch) {
      await database.transaction(async (sql: Sql) => {
        const isDropped = await dropBatch(sql, batch.id);
        if (isDropped) await releaseHold(sql, { key: batch.id, organizationId: batch.organizationId });
      });
    },
    seen: (organizationId, channelId, word) => noteSeenBatch(database, { organizationId, channelId, word }),
    isAwaitedOutput: (organizationId, fileId) => isAwaitedOutput(database, { organizationId, fileId }),
  };
}

async function available<Result>(call: Promise<Result>): Promise<Result> {
  try {
    return await call;
  } catch (cause) {
    throw new RelayError('ledger_unavailable', { retryAfterSeconds: 2 }, cause);
  }
}
