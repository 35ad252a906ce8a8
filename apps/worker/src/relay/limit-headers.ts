import type { Protocol } from '@ai-bridge/domain';
import type { LimitState } from '../limits/limiter.ts';

type Kind = LimitState['kind'];

const anthropicNames: Record<Kind, { limit: string; remaining: string; reset: string }> = {
  requests: anthropic('requests'),
  'input-tokens': anthropic('input-tokens'),
  'output-tokens': anthropic('output-tokens'),
};
/** OpenAI knows requests and tokens; its tokens are what goes in. */
const openaiNames: Partial<Record<Kind, { limit: string; remaining: string; reset: string }>> = {
  requests: openai('requests'),
  'input-tokens': openai('tokens'),
};

function anthropic(kind: string) {
  const name = `anthropic-ratelimit-${kind}`;
  return { limit: `${name}-limit`, remaining: `${name}-remaining`, reset: `${name}-reset` };
}

function openai(unit: string) {
  return {
    limit: `x-ratelimit-limit-${unit}`,
    remaining: `x-ratelimit-remaining-${unit}`,
    reset: `x-ratelimit-reset-${unit}`,
  };
}

/**
 * Adds the relay's own limits to an answer's headers, under the names that each protocol's clients read. Resets are
 * RFC 3339 for Anthropic, a duration for OpenAI.
 */
export function addLimitHeaders(
  headers: string[],
  protocol: Protocol,
  states: readonly LimitState[],
  nowMs: number,
): void {
  const isAnthropic = protocol === 'anthropic-messages';
  let reset: string | undefined;
  for (const { kind, limit, remaining, resetMs } of states) {
    const names = isAnthropic ? anthropicNames[kind] : openaiNames[kind];
    if (!names) continue;
    reset ??= isAnthropic ? new Date(nowMs + resetMs).toISOString() : `${Math.ceil(resetMs / 1000)}s`;
    headers.push(names.limit, String(limit), names.remaining, String(remaining), names.reset, reset);
  }
}
