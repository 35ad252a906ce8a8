import type { ChannelSnapshot, ModelSnapshot } from '@ai-bridge/catalog';
import {
  type AttemptRecord,
  charge,
  type Outcome,
  type Price,
  promptTokens,
  type SettlementRecord,
  type Usage,
  type UsageSource,
} from '@ai-bridge/domain';
import type { Exchange } from '../http/exchange.ts';
import { certainPromptTokens } from './expected-cost.ts';

/** How an attempt's answer ended, as far as money is concerned. */
export interface AnswerEnd {
  readonly outcome: Exclude<Outcome, 'rejected'>;
  /** What the upstream reported so far; may be the beginning of a count when the stream was cut. */
  readonly reported: Usage | undefined;
  /** Whether `reported` is the final word. */
  readonly isFinal: boolean;
  /** Output tokens that surely went out, for when nothing final was reported. */
  readonly deliveredOutputTokens: number;
  /** Size of the prompt in bytes, for when not even the input was reported. */
  readonly promptBytes: number;
  /** Whether anything at all was produced by the upstream. */
  readonly hasBegun: boolean;
  /** The most that may be charged: set when the stream was ended because the balance was used up. */
  readonly chargeAtMost?: bigint | undefined;
}

export interface Settlement {
  readonly usage: Usage;
  readonly usageSource: UsageSource;
  readonly chargeNanoUsd: bigint;
}

/**
 * The settlement table (docs/decisions/0003): what the customer pays for each way in which a request can end.
 *
 * | outcome                                    | usage             | pays                  |
 * | failed before a first byte                 | none              | nothing               |
 * | completed, client_left, upstream_broke     | reported if final | exactly               |
 * | the same, nothing final reported           | estimated         | what surely went out  |
 */
export function settle(end: AnswerEnd, price: Price): Settlement {
  if (end.outcome === 'failed' || !end.hasBegun) return { usage: {}, usageSource: 'none', chargeNanoUsd: 0n };
  if (end.isFinal && end.reported) return priced(end.reported, 'reported', end, price);
  return priced(estimate(end), 'estimated', end, price);
}

function estimate(end: AnswerEnd): Usage {
  const reported = end.reported ?? {};
  const output = Math.max(reported.output ?? 0, end.deliveredOutputTokens);
  if (end.reported && promptTokens(reported) > 0) return { ...reported, output };
  return { input: certainPromptTokens(end.promptBytes), output };
}

function priced(usage: Usage, usageSource: UsageSource, end: AnswerEnd, price: Price): Settlement {
  const full = charge(usage, price);
  const chargeNanoUsd = end.chargeAtMost !== undefined && full > end.chargeAtMost ? end.chargeAtMost : full;
  return { usage, usageSource, chargeNanoUsd };
}

export interface RecordParts {
  readonly exchange: Exchange;
  readonly organizationId: string;
  readonly apiKeyId: string;
  readonly stream: boolean;
  readonly modelRequested: string;
  readonly model: ModelSnapshot | undefined;
  readonly price: Price | undefined;
  readonly channel: ChannelSnapshot | undefined;
  readonly outcome: Outcome;
  readonly settlement: Settlement;
  readonly status: number | undefined;
  readonly errorCode: string | undefined;
  readonly firstByteMs: number | undefined;
  readonly durationMs: number;
  readonly attempts: readonly AttemptRecord[];
}

/** The record of a request as it is journaled and stored. */
export function settlementRecord(parts: RecordParts): SettlementRecord {
  const { exchange, settlement, channel } = parts;
  return {
    requestId: exchange.requestId,
    organizationId: parts.organizationId,
    apiKeyId: parts.apiKeyId,
    createdAt: new Date(exchange.createdAtMs).toISOString(),
    outcome: parts.outcome,
    endpoint: exchange.endpoint,
    clientProtocol: exchange.protocol,
    upstreamProtocol: channel ? exchange.protocol : undefined,
    stream: parts.stream,
    modelRequested: parts.modelRequested,
    modelUsed: channel ? parts.model?.id : undefined,
    provider: channel?.provider,
    channelId: channel?.id,
    priceId: parts.price?.id,
    usage: settlement.usage,
    usageSource: settlement.usageSource,
    chargeNanoUsd: settlement.chargeNanoUsd.toString(),
    status: parts.status,
    errorCode: parts.errorCode,
    firstByteMs: parts.firstByteMs,
    durationMs: parts.durationMs,
    attempts: parts.attempts,
  };
}
