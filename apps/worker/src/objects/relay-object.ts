import type { ChannelSnapshot } from '@ai-bridge/catalog';
import { RelayError } from '@ai-bridge/domain';
import { createdObjects, deletedObject, referredObjects } from '@ai-bridge/protocol';
import type { Dispatcher } from 'undici';
import { createBatch } from '../batches/create-batch.ts';
import { seeBatch } from '../batches/see-batch.ts';
import type { RelayCaller } from '../callers/relay-caller.ts';
import type { Exchange } from '../http/exchange.ts';
import { sendError } from '../http/respond.ts';
import { authenticate } from '../relay/authenticate.ts';
import type { RelayDeps } from '../relay/deps.ts';
import { finishRejected, isWrittenDown } from '../relay/finish.ts';
import { refuseWhileHeld } from '../relay/held-relay.ts';
import { homeOf } from '../relay/object-ties.ts';
import { isOpenTo } from '../relay/plan-model.ts';
import { nothingUsed } from '../relay/settlement.ts';
import { settlementRecord } from '../relay/settlement-record.ts';
import { askChannel } from '../upstream/ask-channel.ts';
import { requestHeaders } from '../upstream/headers.ts';
import { readBounded } from '../upstream/read-bounded.ts';
import { headLines, maxHeldBytes, refuse } from './answers.ts';
import { listObjects } from './list-objects.ts';
import type { ObjectRoute } from './object-route.ts';

/** Requests in JSON name other objects and are read whole; everything else (files) only flows through. */
const maxJsonBytes = 1024 * 1024;

/**
 * Relays a request about an upstream's objects: to the channel that they live on, for the organization that made them and nobody else. Bodies
 * flow through in both directions. Costs nothing, but for making a batch (batches/create-batch.ts), and is written down like every request.
 * Never rejects.
 */
export async function relayObject(exchange: Exchange, route: ObjectRoute, deps: RelayDeps): Promise<void> {
  let caller: RelayCaller | undefined;
  try {
    caller = await authenticate(exchange, deps);
    refuseWhileHeld(exchange, caller, deps);
    deps.keyUses.used(caller.keyId, exchange.createdAtMs, '', exchange.request);
    const admission = deps.limiter.admit(caller, { inputTokens: 0, outputTokens: 0 }, exchange.createdAtMs);
    try {
      await relayAdmitted(exchange, route, caller, deps);
    } finally {
      admission.release({ inputTokens: 0, outputTokens: 0 });
    }
  } catch (error) {
    const told = error instanceof RelayError ? error : new RelayError('internal', {}, error);
    if (told.code === 'internal' && !exchange.response.isGone) deps.onInternalError(error, exchange.requestId);
    // An answer that broke off halfway must not look like one that is still coming.
    if (exchange.response.hasBegun) exchange.response.destroy();
    else sendError(exchange, told);
    deps.counters.rejected++;
    if (caller && isWrittenDown(told)) finishRejected(exchange, caller, '', told, deps);
  }
}

async function relayAdmitted(
  exchange: Exchange,
  route: ObjectRoute,
  caller: RelayCaller,
  deps: RelayDeps,
): Promise<void> {
  const { request } = exchange;
  const { method } = request;
  if (method === 'GET' && route.object.refs.length === 0) return listObjects(exchange, route, caller, deps);
  const isBatch = route.object.kind === 'batch';
  // Its record is written at its end, by what it has used.
  if (isBatch && route.object.refs.length === 0) {
    // It counts when it has ended; until then only what is spent already can refuse it.
    deps.spends.admit(caller, () => 0n);
    return createBatch(exchange, caller, deps);
  }
  const deleted = deletedObject(method, route.path);
  if (deleted?.kind === 'file') await refuseAwaited(deleted.id, caller, deps);
  const body = await bodyOf(exchange);
  const channel = await channelFor(route, caller, body, deps);
  const answer = await send(exchange, route, channel, body, deps);
  // A redirect is neither ours to follow nor the client's: what it leads to may ask for our credential.
  if (answer.statusCode >= 300) return refuse(answer, channel);
  if (method === 'GET' && !isBatch) await passOn(exchange, answer, channel);
  else await passPinned(exchange, route, caller, answer, channel, deps);
  if (deleted) await deps.objects.forget(caller.organizationId, deleted);
  deps.recorder.outcome(freeRecord(exchange, caller, channel, answer.statusCode, deps));
}

/** What was used stands in a batch's output: it stays until it was read. */
async function refuseAwaited(fileId: string, caller: RelayCaller, deps: RelayDeps): Promise<void> {
  if (!(await deps.batches.isAwaitedOutput(caller.organizationId, fileId))) return;
  const reason = 'this is the output of a batch that is being accounted for; delete it in a few minutes';
  throw new RelayError('invalid_request', { path: 'file_id', reason });
}

type Body = Buffer | ReturnType<Exchange['request']['streamBody']> | null;

async function bodyOf({ request }: Exchange): Promise<Body> {
  if (request.method === 'GET' || request.method === 'DELETE') return null;
  const isJson = (request.headers['content-type'] ?? '').includes('json');
  return isJson ? request.readBody(maxJsonBytes) : request.streamBody();
}

/**
 * Where the objects live that a request names, in its path or in its body; a new one without such ties goes to the first OpenAI channel.
 * @throws RelayError not_found where one of them is not this organization's, invalid_request where they live apart, no_channel
 */
async function channelFor(
  route: ObjectRoute,
  caller: RelayCaller,
  body: Body,
  deps: RelayDeps,
): Promise<ChannelSnapshot> {
  const named = [...route.object.refs.slice(0, 1), ...(Buffer.isBuffer(body) ? referredObjects(body) : [])];
  const { channels } = deps.catalog();
  const home = await homeOf(named, caller, deps.objects);
  const isWanted = (one: ChannelSnapshot) =>
    home === undefined
      ? one.provider === 'openai' && !one.isDemo && !one.isDraining && isOpenTo(one, caller.group)
      : one.id === home;
  const channel = channels.find(isWanted) ?? caller.ownChannels.find((one) => one.channel.id === home)?.channel;
  if (!channel) throw new RelayError(home === undefined ? 'no_channel' : 'not_found');
  return channel;
}

async function send(
  { request, query }: Exchange,
  route: ObjectRoute,
  channel: ChannelSnapshot,
  body: Body,
  deps: RelayDeps,
): Promise<Dispatcher.ResponseData> {
  const headers = requestHeaders(request.headers);
  const length = request.headers['content-length'];
  if (body !== null && length !== undefined) headers.push('content-length', length);
  try {
    return await askChannel(deps.pools, channel, {
      ...{ method: request.method as Dispatcher.HttpMethod, path: route.path, query, headers, body },
      firstByteMs: channel.timeouts.totalMs,
    });
  } catch (cause) {
    throw new RelayError('overloaded', { retryAfterSeconds: 1 }, cause);
  }
}

/** An answer that may tell of a new object: the client learns of it only when it is pinned. */
async function passPinned(
  exchange: Exchange,
  route: ObjectRoute,
  caller: RelayCaller,
  answer: Dispatcher.ResponseData,
  channel: ChannelSnapshot,
  deps: RelayDeps,
): Promise<void> {
  const body = await readBounded(answer, maxHeldBytes);
  if (route.object.kind === 'batch') await seeBatch(body, caller, channel, deps);
  else {
    const made = createdObjects(exchange.request.method, route.path, body);
    const owner = { organizationId: caller.organizationId, apiKeyId: caller.keyId, channelId: channel.id };
    await deps.objects.pin(made.map((object) => ({ ...owner, ...object })));
  }
  exchange.response.answer(answer.statusCode, headLines(exchange, answer, channel), body);
}

async function passOn(exchange: Exchange, answer: Dispatcher.ResponseData, channel: ChannelSnapshot): Promise<void> {
  const { response } = exchange;
  const length = Number(answer.headers['content-length'] ?? Number.NaN);
  response.begin(
    answer.statusCode,
    headLines(exchange, answer, channel),
    Number.isInteger(length) ? length : undefined,
  );
  for await (const part of answer.body) {
    if (response.isGone) return;
    if (!response.send(part as Buffer)) await new Promise<void>((resolve) => response.whenDrained(resolve));
  }
  response.finish();
}

function freeRecord(
  exchange: Exchange,
  caller: RelayCaller,
  channel: ChannelSnapshot,
  status: number,
  deps: RelayDeps,
) {
  return settlementRecord(
    exchange,
    caller,
    { model: '', stream: false },
    {
      ...{
        outcome: 'completed',
        channel,
        priced: undefined,
        rejected: [],
        status,
        errorCode: undefined,
        firstByteMs: undefined,
      },
      settlement: nothingUsed,
      endedAtMs: deps.clock.monotonicMs(),
      attempts: [{ channelId: channel.id, provider: channel.provider, model: '', status, paidBy: 'customer' }],
    },
  );
}
