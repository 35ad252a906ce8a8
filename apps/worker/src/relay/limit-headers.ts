import type { Protocol } from '@ai-bridge/domain';
import type { HeaderLines } from '../http1/header-lines.ts';
import type { LimitState } from '../limits/limiter.ts';

type Kind = LimitState['kind'];

/** What stands before each of a limit's three values. */
interface Labels {
  readonly limit: string;
  readonly remaining: string;
  readonly reset: string;
}

const anthropicLabels: Record<Kind, Labels> = {
  requests: anthropic('requests'),
  'input-tokens': anthropic('input-tokens'),
  'output-tokens': anthropic('output-tokens'),
};
/** OpenAI knows requests and tokens; its tokens are what goes in. */
const openaiLabels: Partial<Record<Kind, Labels>> = {
  requests: openai('requests'),
  'input-tokens': openai('tokens'),
};

function anthropic(kind: string): Labels {
  const name = `anthropic-ratelimit-${kind}`;
  return { limit: `${name}-limit: `, remaining: `\r\n${name}-remaining: `, reset: `\r\n${name}-reset: ` };
}

function openai(unit: string): Labels {
  return {
    limit: `x-ratelimit-limit-${unit}: `,
    remaining: `\r\nx-ratelimit-remaining-${unit}: `,
    reset: `\r\nx-ratelimit-reset-${unit}: `,
  };
}

/** The relay's own limits under the names that each protocol's clients read. Resets are RFC 3339 for Anthropic, a duration for OpenAI. */
export function limitLines(protocol: Protocol, states: readonly LimitState[], nowMs: number): HeaderLines {
  const isAnthropic = protocol === 'anthropic-messages';
  let lines = '';
  for (const { kind, limit, remaining, resetMs } of states) {
    const labels = isAnthropic ? anthropicLabels[kind] : openaiLabels[kind];
    if (!labels) continue;
    const reset = isAnthropic ? resetTime(nowMs + resetMs) : `${Math.ceil(resetMs / 1000)}s`;
    lines += `${labels.limit}${limit}${labels.remaining}${remaining}${labels.reset}${reset}\r\n`;
  }
  return lines;
}

let lastResetMs = Number.NaN;
let lastReset = '';

/** Counts end with whole seconds, so that for all of one the answer is the same. */
function resetTime(ms: number): string {
  if (ms !== lastResetMs) {
    lastReset = new Date(ms).toISOString();
    lastResetMs = ms;
  }
  return lastReset;
}
