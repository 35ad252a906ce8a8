import type { ChannelSnapshot } from '@ai-bridge/catalog';
import type { AttemptRecord } from '@ai-bridge/domain';
import type { Dispatcher } from 'undici';
import type { Exchange } from '../http/exchange.ts';
import { requestHeaders } from '../upstream/headers.ts';
import type { UpstreamPools } from '../upstream/pools.ts';
import { targetOf, upstreamPath } from '../upstream/target.ts';
import { Answer, type AnswerInput, type AttemptResult } from './answer.ts';

export interface AttemptInput extends AnswerInput {
  readonly exchange: Exchange;
  readonly pools: UpstreamPools;
  /** The id that the channel's upstream knows the model by. */
  readonly model: string;
  readonly body: Buffer;
  /** Told of the answer being taken in, so that a client that leaves can be reported to it. */
  onAnswer(answer: Answer): void;
}

/** Makes one upstream call. Never rejects: what goes wrong is a result. */
export function attempt(input: AttemptInput): Promise<AttemptResult> {
  return new Promise((resolve) => {
    const answer = new Answer(input, resolve);
    input.onAnswer(answer);
    try {
      const target = targetOf(input.channel);
      const headers = requestHeaders(input.exchange.request.headers);
      if (target.credentialValue) headers.push(target.credentialHeader, target.credentialValue);
      const options: Dispatcher.DispatchOptions = {
        method: (input.exchange.request.method ?? 'POST') as Dispatcher.HttpMethod,
        path: upstreamPath(target, input.exchange.endpoint, input.model) + input.exchange.query,
        headers,
        body: input.body,
      };
      input.pools.poolFor(target.origin, input.channel.allowPrivate).dispatch(options, answer);
    } catch (error) {
      answer.onResponseError(undefined as never, error as Error);
    }
  });
}

/** An attempt as it is kept. Customers pay for the answer they got; everything else is ours. */
export function attemptRecord(channel: ChannelSnapshot, model: string, result: AttemptResult): AttemptRecord {
  const { id: channelId, provider } = channel;
  switch (result.kind) {
    case 'failed': {
      const { kind, text } = result.failure;
      const error = kind === text ? kind : `${kind}: ${text}`;
      return { channelId, provider, model, status: result.status, error, paidBy: 'house' };
    }
    case 'refused':
      return { channelId, provider, model, status: result.status, error: `status ${result.status}`, paidBy: 'house' };
    case 'answered': {
      const firstByteMs = result.firstByteMs === undefined ? undefined : Math.round(result.firstByteMs);
      return {
        channelId,
        provider,
        model,
        status: result.status,
        firstByteMs,
        error: result.error,
        paidBy: 'customer',
      };
    }
  }
}
