import type { ChannelSnapshot } from '@ai-bridge/catalog';
import type { Clock, Protocol } from '@ai-bridge/domain';
import { anthropicVersion } from '@ai-bridge/protocol';
import type { UpstreamPools } from '../upstream/pools.ts';
import { targetOf, upstreamPath } from '../upstream/target.ts';
import type { HealthBoard } from './health-board.ts';

const lookEveryMs = 500;
const probeTimeoutMs = 5_000;
/** Probes under way at once. */
const maxProbes = 4;

/** Where each protocol lists its models: asking costs nothing. */
const listPaths: Record<Protocol, string> = {
  'anthropic-messages': '/v1/models?limit=1',
  'openai-chat': '/v1/models',
  'openai-responses': '/v1/models',
  gemini: '/v1beta/models?pageSize=1',
};

export interface ProbesDeps {
  readonly clock: Clock;
  readonly board: HealthBoard;
  readonly pools: UpstreamPools;
  channels(): readonly ChannelSnapshot[];
}

/** Asks ejected channels for a sign of life, so that a customer's request is not the first to find out. */
export function startProbes({ clock, board, pools, channels }: ProbesDeps): { stop(): void } {
  let underWay = 0;
  let followed: readonly ChannelSnapshot[] | undefined;

  async function probe(channel: ChannelSnapshot): Promise<void> {
    const { breaker } = board.of(channel.id);
    breaker.probed(clock.monotonicMs());
    underWay++;
    const answers = await isAnswering(channel, pools);
    underWay--;
    if (answers) breaker.probeAnswered(clock.monotonicMs());
    else breaker.probeFailed(clock.monotonicMs());
  }

  function look(): void {
    const present = channels();
    if (present !== followed) {
      followed = present;
      board.follow(present);
    }
    const nowMs = clock.monotonicMs();
    for (const channel of present) {
      if (underWay >= maxProbes) return;
      if (board.of(channel.id).breaker.wantsProbe(nowMs)) void probe(channel);
    }
  }

  const timer = setInterval(look, lookEveryMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/** Any answer but a refusal of our credential, a rate limit or a fault of its own: some upstreams have no list of models. */
async function isAnswering(channel: ChannelSnapshot, pools: UpstreamPools): Promise<boolean> {
  const target = targetOf(channel);
  const protocol = channel.protocols[0] ?? 'openai-chat';
  const headers = ['accept', 'application/json', 'accept-encoding', 'identity', 'user-agent', 'ai-bridge'];
  if (protocol === 'anthropic-messages') headers.push('anthropic-version', anthropicVersion(''));
  if (target.credentialValue) headers.push(target.credentialHeader, target.credentialValue);
  try {
    const { statusCode, body } = await pools.poolFor(target.origin, channel).request({
      path: upstreamPath(target, listPaths[protocol], ''),
      method: 'GET',
      headers,
      signal: AbortSignal.timeout(Math.min(probeTimeoutMs, channel.timeouts.firstByteMs)),
    });
    await body.dump({ limit: 1024 * 1024 });
    return statusCode < 500 && ![401, 402, 403, 407, 429].includes(statusCode);
  } catch {
    return false;
  }
}
