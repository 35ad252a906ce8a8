import type { Caller } from '@ai-bridge/access/callers';
import { errorCodes, type Outcome, promptTokens, type Rejection, RelayError } from '@ai-bridge/domain';
import { type Piece, readBodyError } from '@ai-bridge/protocol';
import type { ClientWriter } from '../http/client-writer.ts';
import type { Exchange } from '../http/exchange.ts';
import { errorContext, sendError } from '../http/respond.ts';
import { headerLine } from '../http1/header-lines.ts';
import type { Attempts } from './attempt-in-order.ts';
import type { AttemptResult } from './attempt-result.ts';
import type { RelayDeps } from './deps.ts';
import { errorAfter } from './failure.ts';
import type { Hold } from './hold.ts';
import { ownKeyError } from './own-key-error.ts';
import type { PlannedRequest } from './planned-request.ts';
import { NoRouteError } from './route-plan.ts';
import { rememberStay } from './session-stay.ts';
import { nothingUsed, type Settlement } from './settlement.ts';
import { type Ending, recordOf, settlementRecord } from './settlement-record.ts';
import type { StreamBody } from './stream-body.ts';

/** What a request took of its caller's limits in the end. */
export interface Used {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly chargeNanoUsd: bigint;
}

type Answered = Extract<AttemptResult, { kind: 'answered' }>;
type Refused = Extract<AttemptResult, { kind: 'refused' }>;

/**
 * Ends a request: prices what was used, gives the rest of the hold back, writes the outcome down, and only then lets the last bytes go.
 * @returns what counts against the caller's limits
 */
export function finish(
  request: PlannedRequest,
  hold: Hold,
  attempts: Attempts,
  client: ClientWriter,
  deps: RelayDeps,
): Used {
  const { result } = attempts;
  const settlement =
    result.kind === 'answered' && request.route.kind !== 'count' ? attempts.last.settled(result.end) : nothingUsed;
  if (hold.reservation) deps.credit.finish(hold.reservation, settlement.chargeNanoUsd);
  if (result.kind === 'answered') finishAnswered(request, attempts, result, settlement, client, deps);
  else if (result.kind === 'refused') finishRefused(request, attempts, result, client, deps);
  else finishFailed(request, attempts, client, deps);
  return {
    inputTokens: promptTokens(settlement.usage),
    outputTokens: settlement.usage.output ?? 0,
    chargeNanoUsd: settlement.chargeNanoUsd,
  };
}

function finishAnswered(
  request: PlannedRequest,
  attempts: Attempts,
  result: Answered,
  settlement: Settlement,
  client: ClientWriter,
  deps: RelayDeps,
): void {
  const error = cutError(result);
  const release = () => {
    if (!result.isOpen) {
      client.sendWhole(result.status, attempts.last.openHeaders(result.headers), result.held);
    } else if (!error) client.end(result.held);
    else if (result.stream) client.end(cutTail(request, error, result, result.stream, settlement));
    else client.response.destroy();
  };
  const record = recordOf(request, {
    outcome: result.end.outcome,
    channel: attempts.last.channel,
    priced: attempts.last.candidate,
    call: attempts.last.call,
    settlement,
    failedCostNanoUsd: attempts.last.attempting.failedCostNanoUsd,
    status: result.end.outcome === 'client_left' && !result.isOpen ? undefined : result.status,
    errorCode: error?.code,
    firstByteMs: result.firstByteMs,
    endedAtMs: deps.clock.monotonicMs(),
    attempts: attempts.records,
    rejected: rejectedOf(request, attempts),
  });
  if (settlement.usageSource !== 'none') rememberStay(request, attempts.last.candidate, settlement.usage, deps);
  if (result.end.outcome === 'client_left') deps.counters.clientsLeft++;
  // Only what costs something has to survive a crash before the client may see its end.
  if (settlement.chargeNanoUsd > 0n) deps.recorder.outcome(record, release);
  else {
    deps.recorder.outcome(record);
    release();
  }
}

function cutError({ cut }: Answered): RelayError | undefined {
  if (cut === 'funds') return new RelayError('insufficient_balance');
  if (cut === 'timeout') return new RelayError('upstream_timeout');
  if (cut === 'upstream') return new RelayError('upstream_broke');
  return undefined;
}

/** The end of a stream that was cut: the upstream's own error event if it sent one, else ours. Only whole events went before (the tap sees to that). */
function cutTail(
  { exchange, plan }: PlannedRequest,
  error: RelayError,
  { held, hasUpstreamError, lastSent }: Answered,
  stream: StreamBody,
  { usage }: Settlement,
): Piece {
  if (hasUpstreamError && held.length > 0) return held;
  const { requestId, language, consoleUrl } = errorContext(exchange);
  const createdAtSeconds = exchange.createdAtMs / 1_000;
  const context = { requestId, language, consoleUrl, model: plan.model.id, createdAtSeconds, usage };
  const last = Buffer.from(held);
  return Buffer.concat([last, stream.errorEvent(error, context, last.length > 0 ? last : lastSent)]);
}

/**
 * The upstream says that the request is wrong: its own words, unchanged but for our credential should they contain it, and in the
 * client's protocol where that is another.
 */
function finishRefused(
  request: PlannedRequest,
  attempts: Attempts,
  result: Refused,
  client: ClientWriter,
  deps: RelayDeps,
): void {
  const { call, channel } = attempts.last;
  const body = withoutSecret(result.body, channel.credential);
  deps.recorder.outcome(recordOf(request, unpaid(request, attempts, 'failed', result.status, 'invalid_request', deps)));
  if (!call.isConverted) return client.sendWhole(result.status, attempts.last.openHeaders(result.headers), body);
  const told = readBodyError(call.protocol, result.status, body);
  const error = new RelayError('invalid_request', {
    reason: told?.message ?? `the upstream answered ${result.status}`,
  });
  sendError(request.exchange, error, headerLine('x-bridge-attempts', String(attempts.records.length)));
}

function withoutSecret(body: Buffer, secret: string | undefined): Buffer {
  if (!secret || !body.includes(secret)) return body;
  return Buffer.from(body.toString('utf8').replaceAll(secret, '[removed]'));
}

function finishFailed(request: PlannedRequest, attempts: Attempts, client: ClientWriter, deps: RelayDeps): void {
  const error = ownKeyError(attempts) ?? errorAfter(attempts.failures);
  const outcome = client.isGone ? 'client_left' : 'failed';
  const status = client.isGone ? undefined : error.status;
  deps.recorder.outcome(recordOf(request, unpaid(request, attempts, outcome, status, error.code, deps)));
  sendError(request.exchange, error, headerLine('x-bridge-attempts', String(attempts.records.length)));
}

/** The ending of a request that brought the customer nothing. */
function unpaid(
  request: PlannedRequest,
  attempts: Attempts,
  outcome: Outcome,
  status: number | undefined,
  errorCode: string,
  deps: RelayDeps,
): Ending {
  return {
    outcome,
    channel: attempts.last.channel,
    priced: attempts.last.candidate,
    call: attempts.last.call,
    settlement: nothingUsed,
    failedCostNanoUsd: attempts.last.attempting.failedCostNanoUsd,
    status,
    errorCode,
    firstByteMs: undefined,
    endedAtMs: deps.clock.monotonicMs(),
    attempts: attempts.records,
    rejected: rejectedOf(request, attempts),
  };
}

/** Channels that stood in the way, when the request was planned and later. */
function rejectedOf({ plan }: PlannedRequest, { passedOver }: Attempts): readonly Rejection[] {
  return passedOver.length === 0 ? plan.rejected : [...plan.rejected, ...passedOver];
}

/** Whether a refusal becomes a request in the customer's list: not our own faults, nor what a held relay turns away. */
export function isWrittenDown({ code }: RelayError): boolean {
  return code !== 'internal' && code !== 'maintenance';
}

/** Writes down a request that was refused before any attempt. */
export function finishRejected(
  exchange: Exchange,
  caller: Caller,
  model: string,
  error: RelayError,
  deps: RelayDeps,
): void {
  const ending: Ending = {
    outcome: 'rejected',
    channel: undefined,
    priced: undefined,
    settlement: nothingUsed,
    status: errorCodes[error.code].status,
    errorCode: error.code,
    firstByteMs: undefined,
    endedAtMs: deps.clock.monotonicMs(),
    attempts: [],
    rejected: error instanceof NoRouteError ? error.rejected : [],
  };
  deps.recorder.rejected(settlementRecord(exchange, caller, { model, stream: false }, ending));
}
