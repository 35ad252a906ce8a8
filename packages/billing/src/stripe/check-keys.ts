import Stripe from 'stripe';
import {
  type KeysAccount,
  type KeysCheck,
  type KeysFailure,
  type ReadMatter,
  readMatters,
  type WebhookCheck,
} from '../payments/keys-check.ts';
import { stripeEventTypes } from './event-types.ts';
import { causeOf, stripeCall } from './failures.ts';
import type { StripeSettings } from './settings.ts';

/** Somebody looks on and can try again. */
const impatient = { timeout: 10_000, maxNetworkRetries: 0 } as const;
/** More endpoints than an account may have. */
const maxEndpoints = 100;

/** Reads one of everything that this site reads, the account and its webhook endpoints, and says which of it Stripe lets the key see. */
export async function checkStripeKeys(
  stripe: Stripe,
  { livemode, secretKey }: Pick<StripeSettings, 'livemode' | 'secretKey'>,
  webhookAddress: string,
): Promise<KeysCheck> {
  try {
    // First, and alone: a wrong key is told by one call.
    const account = await unlessForbidden(stripe.accounts.retrieveCurrent({}, impatient));
    const [endpoints, ...seen] = await Promise.all([
      unlessForbidden(stripe.webhookEndpoints.list({ limit: maxEndpoints }, impatient)),
      ...readMatters.map((matter) => unlessForbidden(reads[matter](stripe))),
    ]);
    if (!account && !endpoints && seen.every((list) => list === undefined)) return failed('nothing_allowed');
    return {
      ...{ works: true, livemode, isRestricted: secretKey.startsWith('rk_') },
      account: account && accountOf(account),
      unreadable: readMatters.filter((_, place) => seen[place] === undefined),
      webhook: webhookOf(endpoints?.data, webhookAddress),
    };
  } catch (error) {
    return failed(failureOf(error), requestIdOf(error));
  }
}

const one = { limit: 1 } as const;
const reads: Readonly<Record<ReadMatter, (stripe: Stripe) => Promise<unknown>>> = {
  checkouts: (stripe) => stripe.checkout.sessions.list(one, impatient),
  payments: (stripe) => stripe.paymentIntents.list(one, impatient),
  refunds: (stripe) => stripe.refunds.list(one, impatient),
  disputes: (stripe) => stripe.disputes.list(one, impatient),
  events: (stripe) => stripe.events.list(one, impatient),
};

/** Undefined where the key is a restricted one that may not ask this: Stripe has known the key all the same. */
async function unlessForbidden<Result>(call: Promise<Result>): Promise<Result | undefined> {
  try {
    return await stripeCall(call);
  } catch (error) {
    if (causeOf(error) instanceof Stripe.errors.StripePermissionError) return undefined;
    throw error;
  }
}

const failed = (failure: KeysFailure, providerRequestId?: string): KeysCheck => ({
  ...{ works: false, failure, providerRequestId },
});

/** @throws what is not Stripe's doing */
function failureOf(error: unknown): KeysFailure {
  const cause = causeOf(error);
  if (cause instanceof Stripe.errors.StripeAuthenticationError) return 'key_refused';
  if (cause instanceof Stripe.errors.StripeConnectionError) return 'not_reached';
  if (cause instanceof Stripe.errors.StripeError) return 'provider_failed';
  throw error;
}

function requestIdOf(error: unknown): string | undefined {
  const cause = causeOf(error);
  return cause instanceof Stripe.errors.StripeError ? cause.requestId : undefined;
}

function accountOf({ id, settings, business_profile, country, charges_enabled }: Stripe.Account): KeysAccount {
  const name = settings?.dashboard?.display_name || business_profile?.name || undefined;
  return { id, name, country: country || undefined, takesPayments: charges_enabled !== false };
}

/** What is enabled counts together: an address may be entered more than once. Where nothing is, it counts as if it were. */
function webhookOf(endpoints: readonly Stripe.WebhookEndpoint[] | undefined, address: string): WebhookCheck {
  if (!endpoints) return { state: 'unseen', missingEvents: [] };
  const ours = endpoints.filter(({ url }) => placeOf(url) === placeOf(address));
  const enabled = ours.filter(({ status }) => status === 'enabled');
  const telling = enabled.length > 0 ? enabled : ours;
  const told = new Set<string>(telling.flatMap(({ enabled_events }) => enabled_events));
  const missingEvents = told.has('*') ? [] : stripeEventTypes.filter((type) => !told.has(type));
  if (enabled.length === 0) return { state: ours.length > 0 ? 'disabled' : 'missing', missingEvents };
  return { state: missingEvents.length > 0 ? 'incomplete' : 'ready', missingEvents };
}

/** An address as far as it decides where an event arrives here. */
function placeOf(address: string): string {
  if (!URL.canParse(address)) return address;
  const { origin, pathname } = new URL(address);
  return origin + pathname.replace(/\/+$/, '');
}
