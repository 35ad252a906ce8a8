import type { AttemptRecord } from '@ai-bridge/domain';
import type { ClientWriter } from '../http/client-writer.ts';
import type { Admission } from '../limits/limiter.ts';
import type { AttemptResult } from './answer.ts';
import { Attempt } from './attempt.ts';
import { Calls } from './calls.ts';
import type { RelayDeps } from './deps.ts';
import type { Failure } from './failure.ts';
import type { Hold } from './hold.ts';
import type { PlannedRequest } from './planned-request.ts';

const maxAttempts = 3;
/** Wait before the same channel is called again, so that a server in the middle of a restart gets a moment. */
const sameChannelWaitMs = 30;

/** What all attempts of a request came to: the last one decides. */
export interface Attempts {
  readonly last: Attempt;
  readonly result: AttemptResult;
  readonly records: readonly AttemptRecord[];
  readonly failures: readonly Failure[];
}

/**
 * Tries the planned channels in order until one answers, refuses the request, or the attempts are used up.
 * @throws RelayError invalid_request where no channel's protocol can carry the request; nothing was tried then
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
  const attempting = { request, hold, admission, client, deps, records };
  const calls = new Calls(request, hold);
  let last = new Attempt(attempting, calls.next(), calls.channel);
  request.exchange.response.once('close', () => last.onClientGone());
  for (;;) {
    deps.counters.attempts++;
    const result = await last.send();
    records.push(last.record(result));
    if (result.kind !== 'failed') return { last, result, records, failures };
    deps.counters.failedAttempts++;
    failures.push(result.failure);
    const isLast = !calls.hasNext();
    const isOver = records.length >= maxAttempts || client.isGone || (isLast && result.failure.kind !== 'connect');
    if (isOver) return { last, result, records, failures };
    if (isLast) await new Promise((resolve) => setTimeout(resolve, sameChannelWaitMs));
    last = new Attempt(attempting, isLast ? calls.again() : calls.next(), calls.channel);
  }
}
