import { cost, promptTokens, type Usage } from '@ai-bridge/domain';
import type { ChannelUse } from '../limits/channel-gate.ts';
import type { Attempt } from './attempt.ts';
import type { AttemptResult } from './attempt-result.ts';

/** Of a call that was never sent, too. */
export const nothingUsedOnChannel: ChannelUse = { tokens: 0, costNanoUsd: 0n };

/** What an attempt used of its channel's limits: what its upstream counts and bills, whoever pays for it in the end. */
export function usedOnChannel(attempt: Attempt, result: AttemptResult): ChannelUse {
  if (result.kind === 'answered') {
    const { usage, costNanoUsd } = attempt.settled(result.end);
    return { tokens: tokensOf(usage), costNanoUsd };
  }
  if (result.kind === 'refused' || !result.reported) return nothingUsedOnChannel;
  const { price, channel } = attempt.candidate;
  return {
    tokens: tokensOf(result.reported),
    costNanoUsd: cost(result.reported, price, channel.costBasisPoints),
  };
}

function tokensOf(usage: Usage): number {
  return promptTokens(usage) + (usage.output ?? 0);
}
