import type { Caller } from '@ai-bridge/access/callers';
import type { ChannelSnapshot } from '@ai-bridge/catalog';
import {
  type AttemptRecord,
  areOrdinary,
  type Outcome,
  type Rejection,
  type SettlementRecord,
  timestamp,
} from '@ai-bridge/domain';
import type { Exchange } from '../http/exchange.ts';
import type { Call } from './call.ts';
import type { PlannedRequest } from './planned-request.ts';
import type { Candidate } from './route-plan.ts';
import type { Settlement } from './settlement.ts';

/** How a request ended, as far as its record goes. */
export interface Ending {
  readonly outcome: Outcome;
  /** The channel that answered, or the last one tried; undefined where none was. */
  readonly channel: ChannelSnapshot | undefined;
  /** The model that was used, or would have been, and its price; undefined where the request got nowhere near one. */
  readonly priced: Pick<Candidate, 'model' | 'price'> | undefined;
  /** How that channel was spoken to. */
  readonly call?: Pick<Call, 'protocol' | 'losses'> | undefined;
  readonly settlement: Settlement;
  /** What attempts before the last one cost; absent where there were none. */
  readonly failedCostNanoUsd?: bigint | undefined;
  /** HTTP status the client got; undefined when it left before one. */
  readonly status: number | undefined;
  readonly errorCode: string | undefined;
  readonly firstByteMs: number | undefined;
  /** Monotonic time of the end. */
  readonly endedAtMs: number;
  readonly attempts: readonly AttemptRecord[];
  /** Channels that stood in the way; empty where none did. */
  readonly rejected: readonly Rejection[];
  /** Staff named the channel themselves. */
  readonly isChosen?: true | undefined;
}

/** The record of a planned request. */
export function recordOf({ exchange, caller, head, plan }: PlannedRequest, ending: Ending): SettlementRecord {
  return settlementRecord(exchange, caller, head, plan.question.isChosen ? { ...ending, isChosen: true } : ending);
}

/** The record of a request as it is journaled and stored. Written out field by field: it is made once per request. */
export function settlementRecord(
  exchange: Exchange,
  caller: Caller,
  asked: { readonly model: string; readonly stream: boolean },
  ending: Ending,
): SettlementRecord {
  const { channel, priced, call, settlement, rejected, isChosen } = ending;
  const modelUsed = channel ? priced?.model.id : undefined;
  const firstByteMs = ending.firstByteMs === undefined ? undefined : Math.round(ending.firstByteMs);
  const own = ownAttempt(ending, firstByteMs);
  return {
    requestId: exchange.requestId,
    organizationId: caller.organizationId,
    apiKeyId: caller.keyId,
    createdAt: timestamp(exchange.createdAtMs),
    outcome: ending.outcome,
    endpoint: exchange.endpoint,
    clientProtocol: exchange.protocol,
    upstreamProtocol: call?.protocol,
    stream: asked.stream,
    modelRequested: asked.model,
    modelUsed,
    upstreamModel: own && own.model !== modelUsed ? own.model : undefined,
    provider: channel?.provider,
    channelId: channel?.id,
    priceId: priced?.price.id,
    usage: settlement.usage,
    usageSource: settlement.usageSource,
    chargeNanoUsd: settlement.chargeNanoUsd.toString(),
    costNanoUsd: (settlement.costNanoUsd + (ending.failedCostNanoUsd ?? 0n)).toString(),
    status: ending.status,
    errorCode: ending.errorCode,
    firstByteMs,
    durationMs: Math.round(ending.endedAtMs - exchange.startedAtMs),
    attempts: own ? undefined : ending.attempts,
    losses: call && call.losses.length > 0 ? call.losses : undefined,
    terms: areOrdinary(settlement.terms) ? undefined : settlement.terms,
    routing: rejected.length === 0 && !isChosen ? undefined : { rejected, isChosen },
  };
}

/** The only attempt, where the rest of the record says all of it: most requests are answered by the first channel. */
function ownAttempt(ending: Ending, firstByteMs: number | undefined): AttemptRecord | undefined {
  const { attempts, channel } = ending;
  const only = attempts[0];
  const isOwn =
    attempts.length === 1 &&
    channel !== undefined &&
    only !== undefined &&
    only.paidBy === 'customer' &&
    only.error === undefined &&
    only.repair === undefined &&
    only.ownKey === undefined &&
    only.channelId === channel.id &&
    only.provider === channel.provider &&
    only.status === ending.status &&
    only.firstByteMs === firstByteMs;
  return isOwn ? only : undefined;
}
