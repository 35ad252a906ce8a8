import type { CatalogSnapshot } from '@ai-bridge/catalog';
import type { Database } from '@ai-bridge/db';
import type { Clock, Price } from '@ai-bridge/domain';
import { prolongHold } from '@ai-bridge/ledger';
import type { BatchState } from '@ai-bridge/protocol';
import { type BatchWord, knownBatches, noteBatch, noteBatchFailure, type OpenBatch } from '@ai-bridge/usage';
import type { Log } from '../log.ts';
import type { UpstreamPools } from '../upstream/pools.ts';
import { askBatch, askCreated, askOutput, type BatchUpstream } from './ask-upstream.ts';
import { type BatchDesk, holdTermMs } from './batch-desk.ts';
import { type BatchSettlement, neverMade, settleBatch } from './batch-settlement.ts';
import { settleOnce } from './close-batch.ts';
import { type BatchOutput, noOutput } from './read-output.ts';

/** A batch about which nothing can be learned any more is tried again for so long, then settled by what is known. */
const giveUpAfterMs = 24 * 3_600_000;
/** Upstreams end a batch within a day; one that has not ended by then never will. */
const maxAgeMs = 8 * 24 * 3_600_000;
/** The longest pause between two tries. */
const maxRetryMs = 30 * 60_000;
/** Of a pause, at random, so that batches made together are not asked for together. */
const jitter = 0.2;

export interface BatchWatchDeps {
  readonly database: Database;
  readonly desk: BatchDesk;
  readonly pools: UpstreamPools;
  readonly clock: Clock;
  readonly log: Log;
  readonly pollMs: number;
  catalog(): CatalogSnapshot;
  /** The price that a batch was made at. */
  findPrice(id: string): Promise<Price | undefined>;
}

/** What a look has brought so far: kept even if the rest of it comes to nothing. */
interface Learned {
  state?: BatchState;
  output?: BatchOutput;
}

/** Looks at a batch that is due: notes where it stands, or settles it if it has ended. Never rejects, but for the database's errors. */
export async function lookAtBatch(batch: OpenBatch, deps: BatchWatchDeps, signal: AbortSignal): Promise<void> {
  const learned: Learned = {};
  try {
    await look(batch, learned, deps, signal);
  } catch (error) {
    // Interrupted, not failed: it is due again after its claim.
    if (signal.aborted) return;
    await afterFailure(batch, learned, error, deps);
  }
}

async function look(batch: OpenBatch, learned: Learned, deps: BatchWatchDeps, signal: AbortSignal): Promise<void> {
  const channel = deps.catalog().channels.find(({ id }) => id === batch.channelId);
  if (!channel) throw new Error('its channel is not there');
  const at: BatchUpstream = { pools: deps.pools, channel, signal };
  if (batch.upstreamId === null) return findCreated(batch, at, deps);
  const state = await askBatch(at, batch.upstreamId);
  learned.state = state;
  if (!state.hasEnded) return stillOpen(batch, state, deps);
  const { outputFileId } = state;
  if (outputFileId === undefined && state.completedLines) throw new Error('it names no output');
  const output = outputFileId === undefined ? noOutput : await askOutput(at, outputFileId, batch.lineCount);
  learned.output = output;
  if (output.unreadable > 0) throw new Error(`${output.unreadable} lines of its output cannot be read`);
  await settle(batch, learned, deps);
}

async function stillOpen(batch: OpenBatch, state: BatchState, deps: BatchWatchDeps): Promise<void> {
  if (deps.clock.now() - batch.createdAt.getTime() > maxAgeMs) throw new Error('it does not end');
  await noteBatch(deps.database, { id: batch.id, ...wordOf(state), nextPollMs: jittered(deps.pollMs) });
  await prolongHold(deps.database, { key: batch.id, organizationId: batch.organizationId, ttlMs: holdTermMs });
}

/** Nobody told whether the upstream has made this batch: one of that input file that nobody knows is it. */
async function findCreated(batch: OpenBatch, at: BatchUpstream, deps: BatchWatchDeps): Promise<void> {
  const made = await askCreated(at, batch.inputFileId, batch.createdAt);
  const upstreamIds = made.map(({ id }) => id);
  const known = await knownBatches(deps.database, { channelId: batch.channelId, upstreamIds });
  const own = made.find(({ id }) => !known.has(id));
  if (own) return deps.desk.confirm(batch, { upstreamId: own.id, status: own.status });
  deps.log.info('a batch was never made by its upstream', { batch: batch.id });
  await close(batch, 'failed', neverMade, deps);
}

/** Tries again later, for a day; then what is known has to do. */
async function afterFailure(batch: OpenBatch, learned: Learned, error: unknown, deps: BatchWatchDeps): Promise<void> {
  deps.log.error('a batch cannot be settled yet', error, { batch: batch.id, failures: batch.failures + 1 });
  const now = deps.clock.now();
  const isLost = batch.failingSince !== null && now - batch.failingSince.getTime() > giveUpAfterMs;
  const isTooOld = learned.state?.hasEnded === false && now - batch.createdAt.getTime() > maxAgeMs;
  if (isLost || isTooOld) {
    deps.log.error('a batch is settled by what is known of it', error, { batch: batch.id });
    return batch.upstreamId === null ? close(batch, 'failed', neverMade, deps) : settle(batch, learned, deps);
  }
  const pauseMs = Math.min(maxRetryMs, deps.pollMs * 2 ** Math.min(batch.failures, 20));
  const word = learned.state && wordOf(learned.state);
  await noteBatchFailure(deps.database, { id: batch.id, nextPollMs: jittered(pauseMs), word });
}

async function settle(batch: OpenBatch, { state, output }: Learned, deps: BatchWatchDeps): Promise<void> {
  const price = await deps.findPrice(batch.priceId);
  if (!price) throw new Error(`its price ${batch.priceId} cannot be read`);
  const costBasisPoints = deps.catalog().channels.find(({ id }) => id === batch.channelId)?.costBasisPoints;
  await close(batch, state?.status ?? 'lost', settleBatch({ batch, state, output, costBasisPoints }, price), deps);
}

async function close(
  batch: OpenBatch,
  status: string,
  settlement: BatchSettlement,
  deps: BatchWatchDeps,
): Promise<void> {
  const isFirst = await settleOnce(deps.database, batch, status, settlement, deps.clock.now());
  if (!isFirst) return;
  const { outcome, usageSource, chargeNanoUsd } = settlement;
  deps.log.info('a batch is settled', {
    batch: batch.id,
    status,
    outcome,
    usageSource,
    chargeNanoUsd: `${chargeNanoUsd}`,
  });
}

function wordOf(state: BatchState): BatchWord {
  const { id: upstreamId, status, outputFileId, completedLines } = state;
  return { upstreamId, status, outputFileId, completedLines };
}

function jittered(ms: number): number {
  return Math.round(ms * (1 - jitter + 2 * jitter * Math.random()));
}
