import type { Protocol } from './protocol.ts';
import type { Terms } from './terms.ts';
import type { Usage, UsageSource } from './usage.ts';

/** How a client request ended. */
export const outcomes = ['completed', 'client_left', 'upstream_broke', 'failed', 'interrupted', 'rejected'] as const;
export type Outcome = (typeof outcomes)[number];

/** One upstream call within a request, as it is kept. */
export interface AttemptRecord {
  readonly channelId: string;
  readonly provider: string;
  readonly model: string;
  readonly status?: number | undefined;
  readonly firstByteMs?: number | undefined;
  readonly error?: string | undefined;
  /** Who pays the upstream's bill or, where that is the house's, whether the customer is charged for the answer. */
  readonly paidBy: 'customer' | 'house';
  /** What was changed in the request for the next attempt, as the upstream had refused it so. */
  readonly repair?: readonly Loss[] | undefined;
  /** Made with the customer's own key: the provider bills the customer. */
  readonly ownKey?: true | undefined;
}

/** Something a translation could not carry. */
export interface Loss {
  readonly path: string;
  readonly reason: string;
}

/** A channel that a request could not go to. */
export interface Rejection {
  readonly model: string;
  readonly channelId: string;
  /** For staff. */
  readonly reason: string;
}

/** How a request's way was chosen: for staff alone. */
export interface Routing {
  readonly rejected: readonly Rejection[];
  /** Staff named the channel themselves. */
  readonly isChosen?: true | undefined;
}

/**
 * All that is written of one request: a line of the journal first, then a usage record, attempts and ledger entries.
 * It is plain JSON, so that the line says all of it; amounts are decimal strings.
 */
export interface SettlementRecord {
  readonly requestId: string;
  readonly organizationId: string;
  readonly apiKeyId: string;
  /** ISO 8601, UTC */
  readonly createdAt: string;
  readonly outcome: Outcome;
  readonly endpoint: string;
  readonly clientProtocol: Protocol;
  readonly upstreamProtocol?: Protocol | undefined;
  readonly stream: boolean;
  readonly modelRequested: string;
  readonly modelUsed?: string | undefined;
  /** The id that the channel's upstream knows the model by, where that is not `modelUsed`. */
  readonly upstreamModel?: string | undefined;
  readonly provider?: string | undefined;
  readonly channelId?: string | undefined;
  readonly priceId?: string | undefined;
  readonly usage: Usage;
  readonly usageSource: UsageSource;
  readonly chargeNanoUsd: string;
  /** What its attempts cost the operator; absent where nobody knows. For staff alone. */
  readonly costNanoUsd?: string | undefined;
  readonly status?: number | undefined;
  readonly errorCode?: string | undefined;
  readonly firstByteMs?: number | undefined;
  readonly durationMs: number;
  /** Undefined: there was one, and it is what the record itself says (`ownAttempt`), paid by the customer. */
  readonly attempts?: readonly AttemptRecord[] | undefined;
  readonly losses?: readonly Loss[] | undefined;
  /** Absent where they are the ordinary ones. */
  readonly terms?: Terms | undefined;
  /** Absent where nothing stood in the way but how channels are set up. */
  readonly routing?: Routing | undefined;
}

/** What a record, or its row, says of its only attempt. */
export interface OwnAttempt {
  readonly channelId?: string | null | undefined;
  readonly provider?: string | null | undefined;
  readonly modelUsed?: string | null | undefined;
  readonly upstreamModel?: string | null | undefined;
  readonly status?: number | null | undefined;
  readonly firstByteMs?: number | null | undefined;
}

/** The attempts that a record without any stands for. */
export function ownAttempts(of: OwnAttempt): AttemptRecord[] {
  if (!of.channelId) return [];
  return [
    {
      channelId: of.channelId,
      provider: of.provider ?? '',
      model: of.upstreamModel ?? of.modelUsed ?? '',
      status: of.status ?? undefined,
      firstByteMs: of.firstByteMs ?? undefined,
      paidBy: 'customer',
    },
  ];
}
