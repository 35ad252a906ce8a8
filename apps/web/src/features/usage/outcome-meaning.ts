import type { Outcome } from '@ai-bridge/domain';
import { ranOut } from './recalculation.ts';

/** The shape and colour that each outcome is shown by. */
export const outcomeTones = {
  completed: 'good',
  client_left: 'quiet',
  upstream_broke: 'bad',
  failed: 'bad',
  interrupted: 'warn',
  rejected: 'warn',
} as const satisfies Record<Outcome, string>;

/** An outcome, told apart where the same word means different things to who reads it. */
export type Meaning = Outcome | 'refused' | 'out_of_balance';
/** What the customer pays for. */
export type Pays = 'nothing' | 'used' | 'delivered' | 'checkpoint' | 'reserved';

const pays = {
  completed: 'used',
  client_left: 'used',
  upstream_broke: 'delivered',
  failed: 'used',
  interrupted: 'checkpoint',
  rejected: 'used',
  refused: 'used',
  out_of_balance: 'reserved',
} as const satisfies Record<Meaning, Pays>;

export interface EndedRequest {
  readonly outcome: Outcome;
  readonly errorCode: string | null;
  readonly chargeNanoUsd: bigint;
  readonly attempts: readonly { readonly error?: string | undefined }[];
}

/** How a request ended and who pays for it (the table of docs/decisions/0003). */
export function outcomeMeaning(request: EndedRequest): { readonly meaning: Meaning; readonly pays: Pays } {
  const meaning = meaningOf(request);
  return { meaning, pays: request.chargeNanoUsd === 0n ? 'nothing' : pays[meaning] };
}

function meaningOf(request: EndedRequest): Meaning {
  if (request.outcome === 'interrupted' && ranOut(request)) return 'out_of_balance';
  // Passed on as it was: the provider found the request itself wrong.
  if (request.outcome === 'failed' && request.errorCode === 'invalid_request') return 'refused';
  return request.outcome;
}
