import type { ChannelSnapshot } from '@ai-bridge/catalog';
import type { Dispatcher } from 'undici';
import type { UpstreamPools } from './pools.ts';
import { targetOf, upstreamPath } from './target.ts';

/** A request to a channel that is no relayed one: about objects, batches, files. */
export interface ChannelQuestion {
  readonly method: string;
  /** One of our endpoints: /v1/... */
  readonly path: string;
  /** With its question mark, or empty. */
  readonly query?: string;
  /** Names and values, without the credential. */
  readonly headers: readonly string[];
  readonly body?: Dispatcher.DispatchOptions['body'];
  /** How long the answer's head may take. */
  readonly firstByteMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** For questions of our own. */
export const ownHeaders: readonly string[] = ['accept', 'application/json', 'accept-encoding', 'identity'];

/**
 * Sends a request to a channel, with its credential.
 * @returns the answer, whatever its status; its body must be read or dumped
 * @throws undici's error where none came
 */
export function askChannel(
  pools: UpstreamPools,
  channel: ChannelSnapshot,
  question: ChannelQuestion,
): Promise<Dispatcher.ResponseData> {
  const target = targetOf(channel);
  const headers = [...question.headers];
  if (target.credentialValue) headers.push(target.credentialHeader, target.credentialValue);
  return pools.poolFor(target.origin, channel).request({
    ...{ path: upstreamPath(target, question.path, '') + (question.query ?? ''), headers },
    method: question.method as Dispatcher.HttpMethod,
    body: question.body ?? null,
    headersTimeout: question.firstByteMs,
    bodyTimeout: channel.timeouts.idleMs,
    signal: question.signal ?? null,
  });
}
