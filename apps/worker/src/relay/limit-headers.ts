import type { Protocol } from '@ai-bridge/domain';
import type { LimitState } from '../limits/limiter.ts';

/**
 * The relay's own limits under the names that each protocol's clients read. Resets are RFC 3339 for Anthropic, a
 * duration for OpenAI.
 */
export function limitHeaders(protocol: Protocol, states: readonly LimitState[], nowMs: number): string[] {
  const headers: string[] = [];
  let resetAt: string | undefined;
  for (const { kind, limit, remaining, resetMs } of states) {
    if (protocol === 'anthropic-messages') {
      const name = `anthropic-ratelimit-${kind}`;
      resetAt ??= new Date(nowMs + resetMs).toISOString();
      headers.push(`${name}-limit`, String(limit), `${name}-remaining`, String(remaining), `${name}-reset`, resetAt);
    } else if (kind !== 'output-tokens') {
      const unit = kind === 'requests' ? 'requests' : 'tokens';
      headers.push(
        `x-ratelimit-limit-${unit}`,
        String(limit),
        `x-ratelimit-remaining-${unit}`,
        String(remaining),
        `x-ratelimit-reset-${unit}`,
        `${Math.ceil(resetMs / 1000)}s`,
      );
    }
  }
  return headers;
}
