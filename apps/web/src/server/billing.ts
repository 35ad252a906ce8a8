import { type BillingDeps, chooseProviders, defaultSecondPersonAboveNanoUsd } from '@ai-bridge/billing';
import type { Database } from '@ai-bridge/db';
import type { Clock } from '@ai-bridge/domain';

export interface BillingOptions {
  readonly database: Database;
  readonly clock: Clock;
  /** Where customers come back to, without a slash at its end. */
  readonly siteUrl?: string;
  /** More credit than this takes two people. */
  readonly secondPersonAboveNanoUsd?: bigint;
}

/** What the verbs of billing work with: payments go through the sandbox. */
export function createBilling(options: BillingOptions): BillingDeps {
  const { database, clock, siteUrl = '', secondPersonAboveNanoUsd = defaultSecondPersonAboveNanoUsd } = options;
  const providers = chooseProviders({ database, clock, env: {}, siteUrl, isSandboxAllowed: true });
  return { database, clock, providers, secondPersonAboveNanoUsd };
}
