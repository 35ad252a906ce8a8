import type { ChannelSnapshot, ChannelTestResult } from '@ai-bridge/catalog';
import type { Protocol } from '@ai-bridge/domain';
import { whyNoAnswer } from '../relay/no-answer.ts';
import type { UpstreamPools } from '../upstream/pools.ts';
import { targetOf, upstreamPath } from '../upstream/target.ts';
import { failedAnswer, failedCall } from './failed-call.ts';
import { ownHeaders, smallestRequest } from './smallest-request.ts';
import { timedCall } from './timed-call.ts';

/** Slower than this is as good as broken to whoever waits for the test. */
const testTimeoutMs = 30_000;
const maxAnswerBytes = 1024 * 1024;

/**
 * One real, smallest call on a channel. Charged to nobody: it is the house's own.
 * @param protocol absent: the first that the channel speaks
 */
export async function testChannel(
  channel: ChannelSnapshot,
  asked: { readonly model: string; readonly protocol?: Protocol | undefined },
  pools: UpstreamPools,
): Promise<ChannelTestResult> {
  const protocol = asked.protocol ?? channel.protocols[0] ?? 'openai-chat';
  const upstreamModel = channel.models.get(asked.model) ?? asked.model;
  const about = { protocol, model: asked.model, upstreamModel };
  const target = targetOf(channel);
  const { endpoint, body } = smallestRequest(channel, protocol, upstreamModel);
  try {
    const answer = await timedCall(pools.poolFor(target.origin, channel), {
      path: upstreamPath(target, endpoint, upstreamModel),
      method: 'POST',
      headers: ownHeaders(target, protocol, upstreamModel),
      body,
      timeoutMs: testTimeoutMs,
      maxBytes: maxAnswerBytes,
    });
    const { status, connectMs, firstByteMs, totalMs } = answer;
    const seen = { ...about, status, connectMs, firstByteMs, totalMs };
    const text = answer.body.toString();
    if (status !== 200)
      return { ...seen, isOk: false, failure: failedAnswer(text || `status ${status}, no body`, channel.credential) };
    const why = whyNoAnswer(protocol, answer.body);
    if (why === undefined) return { ...seen, isOk: true };
    return { ...seen, isOk: false, failure: failedAnswer(`${why}\n${text}`, channel.credential) };
  } catch (error) {
    return { ...about, isOk: false, failure: failedCall(error, channel.credential) };
  }
}
