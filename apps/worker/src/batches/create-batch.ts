import { type ChannelSnapshot, modelNamed } from '@ai-bridge/catalog';
import { RelayError } from '@ai-bridge/domain';
import {
  type BatchRequest,
  type BatchState,
  batchProtocol,
  type ObjectRef,
  readBatchRequest,
  readBatchState,
  referredObjects,
} from '@ai-bridge/protocol';
import type { NewBatch } from '@ai-bridge/usage';
import type { Dispatcher } from 'undici';
import type { RelayCaller } from '../callers/relay-caller.ts';
import type { Exchange } from '../http/exchange.ts';
import { sendError } from '../http/respond.ts';
import { headLines, maxHeldBytes, refuse } from '../objects/answers.ts';
import type { RelayDeps } from '../relay/deps.ts';
import { homeOf } from '../relay/object-ties.ts';
import { planRoute } from '../relay/plan-route.ts';
import type { Candidate, RouteQuestion } from '../relay/route-plan.ts';
import { viewsOf } from '../relay/route-views.ts';
import { upstreamModel } from '../relay/spoken-protocols.ts';
import { askChannel, ownHeaders } from '../upstream/ask-channel.ts';
import { requestHeaders } from '../upstream/headers.ts';
import { EgressError } from '../upstream/proxies/egress-error.ts';
import { readBounded } from '../upstream/read-bounded.ts';
import { linesOf, TooLongError } from './lines.ts';
import { type BatchInput, readInput } from './read-input.ts';

const maxRequestBytes = 1024 * 1024;
/** OpenAI's own bound. */
const maxFileBytes = 200 * 1024 * 1024;
/** As long as a request that is sent by itself may be. */
const maxLineBytes = 32 * 1024 * 1024;
/** Both within what an unconfirmed batch is left alone for (batch-desk.ts). */
const maxFileReadMs = 120_000;
const maxCreationMs = 60_000;

/**
 * POST /v1/batches: reads what the requests of the input file may cost, holds it, and lets the file's channel make the batch, with the
 * client's own bytes. The batch is written down before the channel hears of it, so that none runs unpaid, whatever dies when.
 * @throws RelayError where there is no batch; an outcome that is not known is answered here
 */
export async function createBatch(exchange: Exchange, caller: RelayCaller, deps: RelayDeps): Promise<void> {
  const body = await exchange.request.readBody(maxRequestBytes);
  const asked = readBatchRequest(body);
  const channel = await channelOf(referredObjects(body), caller, deps);
  const input = await deps.batches.reading(caller.organizationId, () => readFile(asked, channel, caller, deps));
  // What lives elsewhere, or is somebody else's, cannot be named in a file either.
  const home = await homeOf(input.references, caller, deps.objects);
  if (home !== undefined && home !== channel.id) throw apart();
  const batch = newBatch(exchange, caller, channel, asked, input);
  await deps.batches.open(batch);
  await create(exchange, channel, batch, body, deps);
}

async function channelOf(named: readonly ObjectRef[], caller: RelayCaller, deps: RelayDeps): Promise<ChannelSnapshot> {
  const home = await homeOf(named, caller, deps.objects);
  const channel = deps.catalog().channels.find(({ id }) => id === home);
  if (!channel) throw new RelayError('not_found');
  return channel;
}

async function readFile(
  asked: BatchRequest,
  channel: ChannelSnapshot,
  caller: RelayCaller,
  deps: RelayDeps,
): Promise<BatchInput> {
  const answer = await askChannel(deps.pools, channel, {
    ...{ method: 'GET', path: `/v1/files/${encodeURIComponent(asked.inputFileId)}/content`, headers: ownHeaders },
    firstByteMs: channel.timeouts.firstByteMs,
    signal: AbortSignal.timeout(maxFileReadMs),
  }).catch((cause) => {
    throw new RelayError('overloaded', { retryAfterSeconds: 1 }, cause);
  });
  if (answer.statusCode >= 300) return refuse(answer, channel);
  try {
    const lines = linesOf(answer.body, { lineBytes: maxLineBytes, fileBytes: maxFileBytes });
    return await readInput(lines, asked.endpoint, (model) => planFor(model, asked, channel, caller, deps));
  } catch (error) {
    if (error instanceof RelayError) throw error;
    if (error instanceof TooLongError) {
      const limit = `at most ${maxFileBytes / 1024 / 1024} MiB, and ${maxLineBytes / 1024 / 1024} MiB a line`;
      throw new RelayError('invalid_request', { path: 'input_file_id', reason: `${error.message} (${limit})` });
    }
    throw new RelayError('overloaded', { retryAfterSeconds: 1 }, error);
  }
}

/** The file's bytes go to their channel as they are, so it must know the model by the same name. */
function planFor(
  model: string,
  asked: BatchRequest,
  channel: ChannelSnapshot,
  caller: RelayCaller,
  deps: RelayDeps,
): Candidate {
  const catalog = deps.catalog();
  const known = modelNamed(catalog, model);
  if (known && !channel.servesAll && !channel.models.has(known.id)) {
    throw new RelayError('invalid_request', {
      path: 'input_file_id, line 1, body.model',
      reason: `the provider that keeps the file does not serve ${model} here`,
    });
  }
  if (known && upstreamModel(channel, known) !== model) {
    throw new RelayError('invalid_request', {
      path: 'input_file_id, line 1, body.model',
      reason: `${model} is known by another name where the file is kept, so it cannot be used in a batch`,
    });
  }
  const question: RouteQuestion = {
    ...{ model, protocol: batchProtocol(asked.endpoint), isConvertible: false, mayFallBack: false },
    ...{ provider: undefined, isLimited: true, home: channel.id, isChosen: false, session: undefined },
    ...{ stays: [], guardedBody: undefined, promptBytes: 0 },
  };
  return planRoute(question, caller, catalog, viewsOf(deps)).candidates[0] as Candidate;
}

function newBatch(
  exchange: Exchange,
  caller: RelayCaller,
  channel: ChannelSnapshot,
  asked: BatchRequest,
  input: BatchInput,
): NewBatch {
  return {
    id: exchange.requestId,
    organizationId: caller.organizationId,
    apiKeyId: caller.keyId,
    channelId: channel.id,
    provider: channel.provider,
    model: input.priced.model.id,
    priceId: input.priced.price.id,
    multiplierBasisPoints: input.priced.terms.multiplierBasisPoints,
    groupId: input.priced.terms.multiplier?.group ?? null,
    multiplierVersion: input.priced.terms.multiplier?.version ?? null,
    protocol: batchProtocol(asked.endpoint),
    inputFileId: asked.inputFileId,
    lineCount: input.lineCount,
    certainPromptTokens: input.certainPromptTokens,
    leastLineTokens: input.leastLineTokens,
    holdNanoUsd: input.boundNanoUsd,
    createdAt: new Date(exchange.createdAtMs),
  };
}

async function create(
  exchange: Exchange,
  channel: ChannelSnapshot,
  batch: NewBatch,
  body: Buffer,
  deps: RelayDeps,
): Promise<void> {
  const creation = await askForBatch(exchange, channel, body, deps);
  if (creation.kind === 'refused' || creation.kind === 'unsent') {
    // Should the database be away, the job finds out that there is no such batch.
    await deps.batches.drop(batch).catch((error) => deps.onInternalError(error, batch.id));
    if (creation.kind === 'refused') return refuse(creation.answer, channel);
    throw new RelayError('overloaded', { retryAfterSeconds: 1 }, creation.cause);
  }
  if (creation.kind === 'unclear') return answerUnclear(exchange, new RelayError('overloaded'), creation.cause, deps);
  const { answer, told, state } = creation;
  try {
    await deps.batches.confirm(batch, { upstreamId: state.id, status: state.status });
  } catch (error) {
    return answerUnclear(exchange, new RelayError('ledger_unavailable', { retryAfterSeconds: 2 }), error, deps);
  }
  const { response } = exchange;
  if (!response.isGone) response.answer(answer.statusCode, headLines(exchange, answer, channel), told);
}

type Creation =
  | { kind: 'made'; answer: Dispatcher.ResponseData; told: Buffer; state: BatchState }
  | { kind: 'refused'; answer: Dispatcher.ResponseData }
  /** No connection was made. */
  | { kind: 'unsent'; cause: unknown }
  | { kind: 'unclear'; cause: unknown };

async function askForBatch(
  exchange: Exchange,
  channel: ChannelSnapshot,
  body: Buffer,
  deps: RelayDeps,
): Promise<Creation> {
  try {
    const answer = await askChannel(deps.pools, channel, {
      ...{ method: 'POST', path: '/v1/batches', headers: requestHeaders(exchange.request.headers), body },
      firstByteMs: maxCreationMs,
      signal: AbortSignal.timeout(maxCreationMs),
    });
    if (isRefusal(answer.statusCode)) return { kind: 'refused', answer };
    const told = await readBounded(answer, maxHeldBytes);
    const state = answer.statusCode < 300 ? readBatchState(told) : undefined;
    if (state) return { kind: 'made', answer, told, state };
    return { kind: 'unclear', cause: new Error(`the upstream answered ${answer.statusCode} without a batch`) };
  } catch (cause) {
    return { kind: isUnsent(cause) ? 'unsent' : 'unclear', cause };
  }
}

/** A time-out and an upstream's own fault may come after the batch was made. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408;
}

const unsentCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

function isUnsent(error: unknown): boolean {
  if (error instanceof EgressError) return true;
  const code = (error as NodeJS.ErrnoException).code;
  return code !== undefined && (unsentCodes.has(code) || code === 'UND_ERR_CONNECT_TIMEOUT');
}

/**
 * It is not known whether the upstream has made the batch. Hold and row stay, and no record is written: the job finds out, and then the batch
 * is either the organization's or was none (jobs/poll-batches.ts).
 */
function answerUnclear(exchange: Exchange, error: RelayError, cause: unknown, deps: RelayDeps): void {
  deps.onInternalError(cause, exchange.requestId);
  deps.counters.rejected++;
  sendError(exchange, error);
}

function apart(): RelayError {
  return new RelayError('invalid_request', { reason: 'these objects live with different providers' });
}
