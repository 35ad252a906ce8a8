import type { Database } from '@ai-bridge/db';
import type { Clock } from '@ai-bridge/domain';
import type { PaymentProviders } from './payments/provider.ts';

/** What the verbs of billing work with. */
export interface BillingDeps {
  readonly database: Database;
  readonly providers: PaymentProviders;
  readonly clock: Clock;
  /** Refunds and corrections of more credit than this take two people. */
  readonly secondPersonAboveNanoUsd: bigint;
  /** Where mails lead to, without a slash at its end. */
  readonly siteUrl: string;
}

/** 100 USD of list price. */
export const defaultSecondPersonAboveNanoUsd = 100_000_000_000n;
