import type { Sql } from '@ai-bridge/db';
import { type Captured, captureBatch } from './capture.ts';
import { oneRow } from './one-row.ts';

/** A durable hold by its name: the key derives from the fact that it is for, and is not used again once the hold has ended. */
export interface HoldName {
  readonly key: string;
  readonly organizationId: string;
}

export interface PlaceHoldInput extends HoldName {
  /** Above zero. */
  readonly amountNanoUsd: bigint;
  /** How long the hold lasts without being prolonged. */
  readonly ttlMs: number;
}

/**
 * placed; duplicate: the key holds something already, nothing changed; insufficient: the balance, other holds aside, is too small; in_use: it
 * would do, but workers lease it (`recallLeases`); frozen: the balance is frozen or the organization is not active.
 */
export type HoldResult = 'placed' | 'duplicate' | 'insufficient' | 'in_use' | 'frozen';

/** The largest amount that the tables can hold. */
const maxAmountNanoUsd = 2n ** 63n - 1n;

/**
 * Holds a part of a balance for work that outlives a request and any worker, whole or not at all. It is captured (`captureHold`), released
 * (`releaseHold`) or runs out (`expireLeases`), whichever comes first.
 */
export async function placeHold(sql: Sql, input: PlaceHoldInput): Promise<HoldResult> {
  if (input.amountNanoUsd > maxAmountNanoUsd) return 'insufficient';
  const { result } = await oneRow<{ result: HoldResult }>(
    sql,
    `SELECT ledger_place_hold($1::text, $2::text, $3::bigint, $4::bigint * interval '1 ms') AS result`,
    [input.key, input.organizationId, input.amountNanoUsd, input.ttlMs],
  );
  return result;
}

/** Ends a hold; nothing is released where it has ended before. */
export function releaseHold(sql: Sql, { key, organizationId }: HoldName): Promise<{ releasedNanoUsd: bigint }> {
  return oneRow(sql, 'SELECT ledger_release_hold($1::text, $2::text) AS "releasedNanoUsd"', [key, organizationId]);
}

/** Keeps a hold for at least `ttlMs` from now. `held` is false where there is none any more. */
export function prolongHold(sql: Sql, input: HoldName & { readonly ttlMs: number }): Promise<{ held: boolean }> {
  return oneRow(sql, `SELECT ledger_prolong_hold($1::text, $2::text, $3::bigint * interval '1 ms') AS held`, [
    input.key,
    input.organizationId,
    input.ttlMs,
  ]);
}

/**
 * Takes a request's charge, once for ever: from its hold first, then from what is available, and the rest is the house's overrun. What is left
 * of the hold is released. In a transaction of the caller's, or both parts may be repeated: each changes nothing the second time.
 */
export async function captureHold(
  sql: Sql,
  input: HoldName & { readonly requestId: string; readonly chargeNanoUsd: bigint },
): Promise<Captured> {
  const { key, organizationId, requestId, chargeNanoUsd } = input;
  const captured = await captureBatch(sql, {
    workerId: `hold:${key}`,
    charges: [{ requestId, organizationId, chargeNanoUsd }],
  });
  await releaseHold(sql, { key, organizationId });
  return captured;
}
