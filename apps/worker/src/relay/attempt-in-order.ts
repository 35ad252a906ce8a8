import type { ChannelSnapshot } from '@ai-bridge/catalog';
import type { AttemptRecord } from '@ai-bridge/domain';
import type { ClientWriter } from '../http/client-writer.ts';
import { type HeaderLines, headerLine } from '../http/header-lines.ts';
import { corsLines, requestIdLines } from '../http/respond.ts';
import type { Admission } from '../limits/limiter.ts';
import { responseLines } from '../upstream/headers.ts';
import type { Answer, AttemptResult } from './answer.ts';
import { attempt, attemptRecord } from './attempt.ts';
import type { RelayDeps } from './deps.ts';
import type { Failure } from './failure.ts';
import type { Hold } from './hold.ts';
import { limitLines } from './limit-headers.ts';
import { upstreamModel } from './plan-route.ts';
import type { PlannedRequest } from './planned-request.ts';
import { settle } from './settlement.ts';
import { recordOf } from './settlement-record.ts';
import { addsIncludeUsage, upstreamBody } from './upstream-body.ts';

const maxAttempts = 3;
/** Wait before the same channel is called again, so that a server in the middle of a restart gets a moment. */
const sameChannelWaitMs = 30;

/** What all attempts of a request came to: the last one's result decides. */
export interface Attempts {
  readonly result: AttemptResult;
  readonly channel: ChannelSnapshot;
  readonly records: readonly AttemptRecord[];
  readonly failures: readonly Failure[];
  /** Headers for the client that name who answered; made when an answer opens. */
  headers(upstream: Record<string, string | string[] | undefined>): HeaderLines;
}

/** Tries the planned channels in order until one answers, refuses the request, or the attempts are used up. */
export async function attemptInOrder(
  request: PlannedRequest,
  hold: Hold,
  admission: Admission,
  client: ClientWriter,
  deps: RelayDeps,
): Promise<Attempts> {
  const { exchange, plan } = request;
  const records: AttemptRecord[] = [];
  const failures: Failure[] = [];
  let current: Answer | undefined;
  exchange.response.once('close', () => current?.onClientGone());
  for (let index = 0; ; ) {
    const channel = plan.channels[index] as ChannelSnapshot;
    const model = upstreamModel(channel, plan.model);
    const ordinal = records.length + 1;
    const headers = (upstream: Record<string, string | string[] | undefined>) =>
      openHeaders(request, channel, ordinal, admission, upstream);
    deps.counters.attempts++;
    const result = await attempt({
      exchange,
      pools: deps.pools,
      channel,
      model,
      protocol: exchange.protocol,
      answersJson: request.route.answersJson,
      stripUsageChunk: addsIncludeUsage(request.head, request.route),
      promptBytes: request.head.promptBytes,
      timeouts: channel.timeouts,
      client,
      watch: deps.watch,
      funds: hold.funds,
      body: upstreamBody(request, hold, channel),
      openHeaders: headers,
      onAnswer: (answer) => {
        current = answer;
        if (client.isGone) answer.onClientGone();
      },
      checkpoint: (end) =>
        deps.recorder.checkpoint(
          recordOf(request, {
            outcome: 'interrupted',
            channel,
            settlement: settle(end, plan.price),
            status: 200,
            errorCode: undefined,
            firstByteMs: undefined,
            endedAtMs: deps.clock.monotonicMs(),
            attempts: records,
          }),
        ),
    });
    records.push(attemptRecord(channel, model, result));
    if (result.kind !== 'failed') return { result, channel, records, failures, headers };
    deps.counters.failedAttempts++;
    failures.push(result.failure);
    const isLast = index + 1 >= plan.channels.length;
    const isOver = records.length >= maxAttempts || client.isGone || (isLast && result.failure.kind !== 'connect');
    if (isOver) return { result, channel, records, failures, headers };
    if (isLast) await new Promise((resolve) => setTimeout(resolve, sameChannelWaitMs));
    else index++;
  }
}

function openHeaders(
  { exchange, plan }: PlannedRequest,
  channel: ChannelSnapshot,
  attempts: number,
  admission: Admission,
  upstream: Record<string, string | string[] | undefined>,
): HeaderLines {
  const who = headerLine('x-bridge-provider', channel.provider) + headerLine('x-bridge-model', plan.model.id);
  const how = `x-bridge-attempts: ${attempts}\r\nx-bridge-converted: 0\r\n`;
  const cors = exchange.request.headers.origin === undefined ? '' : corsLines;
  const limits = limitLines(exchange.protocol, admission.remaining, exchange.createdAtMs);
  return requestIdLines(exchange) + who + how + cors + limits + responseLines(upstream);
}
