import { type AttemptRecord, cost, type Rejection } from '@ai-bridge/domain';
import type { ClientWriter } from '../http/client-writer.ts';
import type { Admission } from '../limits/limiter.ts';
import { Attempt, type Attempting } from './attempt.ts';
import type { AttemptResult } from './attempt-result.ts';
import { Calls, type PlannedCall, type RepairedCall } from './calls.ts';
import type { RelayDeps } from './deps.ts';
import type { Failure } from './failure.ts';
import type { Hold } from './hold.ts';
import type { PlannedRequest } from './planned-request.ts';
import { nothingUsedOnChannel, usedOnChannel } from './used-on-channel.ts';

/** The longest wait before the same channel is called again, so that a server in the middle of a restart gets a moment; how long is chance. */
const maxSameChannelWaitMs = 200;

/** What all attempts of a request came to: the last one decides. */
export interface Attempts {
  readonly last: Attempt;
  readonly result: AttemptResult;
  readonly records: readonly AttemptRecord[];
  readonly failures: readonly Failure[];
  /** Candidates that were passed over on the way. */
  readonly passedOver: readonly Rejection[];
}

/**
 * Tries the planned candidates in order until one answers, refuses the request, or attempts or the budget for them are used up. What is
 * refused for a reason that is known is repaired, once, and goes to the same channel again.
 * @throws RelayError invalid_request where no channel's protocol can carry the request; NoRouteError where none is left; nothing was tried then
 */
export async function attemptInOrder(
  request: PlannedRequest,
  hold: Hold,
  admission: Admission,
  client: ClientWriter,
  deps: RelayDeps,
): Promise<Attempts> {
  const records: AttemptRecord[] = [];
  const failures: Failure[] = [];
  const attempting: Attempting = { request, hold, admission, client, deps, records, failedCostNanoUsd: 0n };
  const calls = new Calls(request, hold, deps);
  const first = calls.first();
  let planned = first instanceof Promise ? await first : first;
  let last = new Attempt(attempting, planned);
  let wasRepaired = false;
  request.exchange.response.whenGone(() => last.onClientGone());
  deps.retries.request(deps.watch.nowMs);
  for (;;) {
    deps.counters.attempts++;
    const result = await last.send();
    planned.place?.release(usedOnChannel(last, result));
    const repaired = wasRepaired ? undefined : repair(calls, planned, result, client, deps);
    records.push(last.record(result, repaired?.call.changes));
    if (repaired) {
      wasRepaired = true;
      deps.retries.extra(deps.watch.nowMs);
      planned = repaired;
      last = new Attempt(attempting, planned);
      continue;
    }
    if (result.kind !== 'failed') return { last, result, records, failures, passedOver: calls.passedOver };
    deps.counters.failedAttempts++;
    failures.push(result.failure);
    if (result.reported) {
      const { price, channel } = last.candidate;
      attempting.failedCostNanoUsd += cost(result.reported, price, channel.costBasisPoints);
    }
    const mayGoOn = !client.isGone && deps.retries.hasRoom(deps.watch.nowMs);
    const next = mayGoOn ? await goOn(calls, planned, result.failure) : undefined;
    if (!next || client.isGone) {
      next?.place?.release(nothingUsedOnChannel);
      return { last, result, records, failures, passedOver: calls.passedOver };
    }
    deps.retries.extra(deps.watch.nowMs);
    planned = next;
    last = new Attempt(attempting, planned);
  }
}

/** The refused call as its upstream should take it; undefined where it was not refused, or that is not known. */
function repair(
  calls: Calls,
  refused: PlannedCall,
  result: AttemptResult,
  client: ClientWriter,
  deps: RelayDeps,
): RepairedCall | undefined {
  if (result.kind !== 'refused' || result.status !== 400) return undefined;
  if (client.isGone || !deps.retries.hasRoom(deps.watch.nowMs)) return undefined;
  return calls.repaired(refused, result.body);
}

/** The call after one that failed: on the next candidate at once, else, where the connection was refused or broke, on the same channel after a moment. */
async function goOn(calls: Calls, failed: PlannedCall, failure: Failure): Promise<PlannedCall | undefined> {
  const next = await calls.next();
  if (next || failure.kind !== 'connect') return next;
  await new Promise((resolve) => setTimeout(resolve, Math.random() * maxSameChannelWaitMs));
  return calls.again(failed);
}
