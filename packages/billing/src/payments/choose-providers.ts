import type { Database } from '@ai-bridge/db';
import type { Clock } from '@ai-bridge/domain';
import { createSandboxProvider } from '../sandbox/sandbox-provider.ts';
import { readStripeSettings } from '../stripe/settings.ts';
import { createStripeProvider } from '../stripe/stripe-provider.ts';
import type { PaymentProvider, PaymentProviders } from './provider.ts';

export interface ProviderChoice {
  readonly database: Database;
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where Stripe sends customers back to, without a slash at its end. */
  readonly siteUrl: string;
  /** Whether anybody may "pay" without money where no provider is set up: never on a site that sells. */
  readonly isSandboxAllowed: boolean;
}

/**
 * Stripe where it has keys, else the sandbox where that is allowed, else none: then nothing can be bought.
 * @throws StripeSettingsError where keys are wrong or the webhook secret is missing
 */
export function chooseProviders(choice: ProviderChoice): PaymentProviders {
  const settings = readStripeSettings(choice.env);
  const all: PaymentProvider[] = [];
  if (settings) all.push(createStripeProvider({ settings, clock: choice.clock, siteUrl: choice.siteUrl }));
  if (choice.isSandboxAllowed) all.push(createSandboxProvider(choice.database));
  return { current: all[0], find: (name) => all.find((provider) => provider.name === name) };
}
