import type { Limits } from '@ai-bridge/domain';
import { limitsOfJson } from '../limits.ts';

/** A key as it may be shown: everything but the secret and its digest. */
export interface ApiKeyView {
  readonly id: string;
  readonly organizationId: string;
  readonly createdByUserId: string | null;
  readonly name: string;
  readonly prefix: string;
  readonly last4: string;
  readonly group: string;
  readonly models: readonly string[];
  readonly allowedAddresses: readonly string[];
  readonly strict: boolean;
  readonly limits: Limits;
  readonly expiresAt: Date | null;
  readonly disabledAt: Date | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  /** The model last asked for, and the address last seen; null: not yet. */
  readonly lastModel: string | null;
  readonly lastAddress: string | null;
  readonly rotatedAt: Date | null;
  readonly spendPerDayNanoUsd: bigint | null;
  readonly spendPerMonthNanoUsd: bigint | null;
}

/** The columns of a view, so that the digest never leaves the database for one. */
export const viewColumns = {
  id: true,
  organizationId: true,
  createdByUserId: true,
  name: true,
  prefix: true,
  last4: true,
  group: true,
  models: true,
  allowedAddresses: true,
  strict: true,
  limits: true,
  expiresAt: true,
  disabledAt: true,
  createdAt: true,
  lastUsedAt: true,
  lastModel: true,
  lastAddress: true,
  rotatedAt: true,
  spendPerDayNanoUsd: true,
  spendPerMonthNanoUsd: true,
} as const;

export function keyView(row: Omit<ApiKeyView, 'limits'> & { readonly limits: unknown }): ApiKeyView {
  return { ...row, limits: limitsOfJson(row.limits) };
}
