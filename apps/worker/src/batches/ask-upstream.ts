import type { ChannelSnapshot } from '@ai-bridge/catalog';
import { type BatchState, readBatchList, readBatchState } from '@ai-bridge/protocol';
import { askChannel, ownHeaders } from '../upstream/ask-channel.ts';
import type { UpstreamPools } from '../upstream/pools.ts';
import { readBounded } from '../upstream/read-bounded.ts';
import { linesOf } from './lines.ts';
import { type BatchOutput, readOutput } from './read-output.ts';

/** A page of batches, or one: objects of a kilobyte each. */
const maxAnswerBytes = 1024 * 1024;
/** No answer to one request is this long. */
const maxLineBytes = 64 * 1024 * 1024;
/** An output file is read within this time, or tried again. */
const maxOutputReadMs = 540_000;
const maxAnswerMs = 60_000;
const pageSize = 100;
/** So far back a batch is looked for whose creation was not told. */
const maxPages = 20;
/** Clocks differ: a batch may seem to be older than the request that made it. */
const clockMarginSeconds = 300;

/** Where a question goes, and until when. */
export interface BatchUpstream {
  readonly pools: UpstreamPools;
  readonly channel: ChannelSnapshot;
  readonly signal: AbortSignal;
}

/** @throws Error where the upstream gives no such batch */
export async function askBatch(at: BatchUpstream, upstreamId: string): Promise<BatchState> {
  const state = readBatchState(await ask(at, `/v1/batches/${encodeURIComponent(upstreamId)}`));
  if (!state) throw new Error('the upstream answered without a batch');
  return state;
}

/** Reads an output file. @throws Error where it is not there, or breaks off */
export async function askOutput(at: BatchUpstream, fileId: string, maxLines: number): Promise<BatchOutput> {
  const answer = await askChannel(at.pools, at.channel, {
    ...{ method: 'GET', path: `/v1/files/${encodeURIComponent(fileId)}/content`, headers: ownHeaders },
    firstByteMs: at.channel.timeouts.firstByteMs,
    signal: AbortSignal.any([at.signal, AbortSignal.timeout(maxOutputReadMs)]),
  });
  if (answer.statusCode !== 200) {
    await answer.body.dump();
    throw new Error(`the output file: status ${answer.statusCode}`);
  }
  return readOutput(linesOf(answer.body, { lineBytes: maxLineBytes }), maxLines);
}

/** Batches that the upstream has made of an input file since a moment, newest first. @throws Error where it does not list them */
export async function askCreated(at: BatchUpstream, inputFileId: string, since: Date): Promise<BatchState[]> {
  const fromSeconds = since.getTime() / 1000 - clockMarginSeconds;
  const found: BatchState[] = [];
  let after = '';
  for (let page = 0; page < maxPages; page++) {
    const list = readBatchList(await ask(at, '/v1/batches', `?limit=${pageSize}${after}`));
    if (!list) throw new Error('the upstream answered without a list');
    found.push(...list.batches.filter((one) => one.inputFileId === inputFileId));
    const last = list.batches.at(-1);
    if (!last || !list.hasMore || (last.createdAtSeconds ?? 0) < fromSeconds) break;
    after = `&after=${encodeURIComponent(last.id)}`;
  }
  return found.filter((one) => (one.createdAtSeconds ?? fromSeconds) >= fromSeconds);
}

async function ask(at: BatchUpstream, path: string, query = ''): Promise<Buffer> {
  const answer = await askChannel(at.pools, at.channel, {
    ...{ method: 'GET', path, query, headers: ownHeaders },
    firstByteMs: at.channel.timeouts.firstByteMs,
    signal: AbortSignal.any([at.signal, AbortSignal.timeout(maxAnswerMs)]),
  });
  if (answer.statusCode === 200) return readBounded(answer, maxAnswerBytes);
  await answer.body.dump();
  throw new Error(`${path}: status ${answer.statusCode}`);
}
