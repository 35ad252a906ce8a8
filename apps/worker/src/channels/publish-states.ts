import type { ChannelState } from '@ai-bridge/catalog';
import type { Clock } from '@ai-bridge/domain';
import type { ChannelHealth } from './channel-health.ts';
import type { HealthBoard } from './health-board.ts';

const publishEveryMs = 5_000;
/** Changes of state that come together go out together. */
const changeSettleMs = 50;

export interface PublishDeps {
  readonly clock: Clock;
  readonly board: HealthBoard;
  /** What this worker sent to a channel in the last minute; undefined where it has no limits. */
  sent(channelId: string): { readonly requests: number; readonly tokens: number } | undefined;
  /** Makes this worker's rows exactly these. */
  write(states: readonly ChannelState[]): Promise<void>;
  onError(error: unknown): void;
}

export interface StatePublisher {
  /** A breaker opened or closed: staff see it at once. */
  changed(): void;
  /** Removes this worker's rows. */
  close(): Promise<void>;
}

/** Tells staff how this worker's channels do: every few seconds, and at once when a breaker changes. One write at a time. */
export function publishStates({ clock, board, sent, write, onError }: PublishDeps): StatePublisher {
  let writing: Promise<void> | undefined;
  let soon: NodeJS.Timeout | undefined;

  function publish(): void {
    soon = undefined;
    if (writing) return changed();
    const nowMs = clock.monotonicMs();
    const offsetMs = clock.now() - nowMs;
    const states = [...board.entries()].map(([id, health]) => ({
      ...stateOf(id, health, nowMs, offsetMs),
      ...sentOf(sent(id)),
    }));
    writing = write(states)
      .catch(onError)
      .finally(() => {
        writing = undefined;
      });
  }

  function changed(): void {
    soon ??= setTimeout(publish, changeSettleMs).unref();
  }

  const timer = setInterval(publish, publishEveryMs);
  timer.unref();
  return {
    changed,
    async close() {
      clearInterval(timer);
      clearTimeout(soon);
      await writing;
      await write([]).catch(onError);
    },
  };
}

type Sent = Pick<ChannelState, 'requestsLastMinute' | 'tokensLastMinute'>;

function sentOf(sent: ReturnType<PublishDeps['sent']>): Sent {
  return { requestsLastMinute: sent?.requests, tokensLastMinute: sent && Math.round(sent.tokens) };
}

function stateOf(
  channelId: string,
  health: ChannelHealth,
  nowMs: number,
  offsetMs: number,
): Omit<ChannelState, keyof Sent> {
  const { breaker, firstBytes, lastErrorAtMs } = health;
  breaker.recent.roll(nowMs);
  return {
    channelId,
    state: breaker.state,
    ejectedUntil: breaker.state === 'open' ? new Date(breaker.ejectedUntilMs + offsetMs) : undefined,
    consecutiveFailures: breaker.consecutiveFailures,
    inFlight: health.inFlight,
    recentAttempts: breaker.recent.all,
    recentFailures: breaker.recent.some,
    firstByteP50Ms: firstBytes.quantile(nowMs, 0.5),
    firstByteP95Ms: firstBytes.quantile(nowMs, 0.95),
    lastError: health.lastError,
    lastErrorAt: lastErrorAtMs === undefined ? undefined : new Date(lastErrorAtMs + offsetMs),
  };
}
