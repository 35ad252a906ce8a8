import { StripeFailure } from './failure.ts';
import type { Store, StripeObject } from './store.ts';

/** What the account's owner has told Stripe, and what Stripe lets the account do. */
export interface AccountFacts {
  readonly name: string | null;
  readonly chargesEnabled: boolean;
}

export interface WebhookEndpoint {
  readonly url: string;
  /** `*` for all. */
  readonly events: readonly string[];
  readonly status?: 'enabled' | 'disabled';
}

export const accountId = 'acct_1FakeHarbour0000';

/** GET /v1/account: the account that the key is of. It does not say in which mode it was asked. */
export function accountOf({ name, chargesEnabled }: AccountFacts): Record<string, unknown> {
  return {
    ...{ id: accountId, object: 'account', type: 'standard', country: 'DE', default_currency: 'eur' },
    ...{ business_profile: { name }, settings: { dashboard: { display_name: name, timezone: 'Etc/UTC' } } },
    ...{ charges_enabled: chargesEnabled, payouts_enabled: chargesEnabled, details_submitted: chargesEnabled },
  };
}

/** Somebody adds an endpoint in the Dashboard. Its secret is shown there, and in no list. */
export function addEndpoint(store: Store, { url, events, status = 'enabled' }: WebhookEndpoint): StripeObject {
  const described = { description: null, application: null, metadata: {}, api_version: null };
  return store.add('we', 'webhook_endpoint', { url, enabled_events: [...events], status, ...described });
}

/** What restricted keys need for each collection, in Stripe's own words; charges and refunds are one matter. */
const permissions: Readonly<Record<string, string>> = {
  account: 'rak_accounts_kyc_basic',
  'checkout/sessions': 'rak_checkout_session',
  customers: 'rak_customer',
  payment_methods: 'rak_payment_method',
  payment_intents: 'rak_payment_intent',
  charges: 'rak_charge',
  refunds: 'rak_charge',
  disputes: 'rak_dispute',
  events: 'rak_event',
  webhook_endpoints: 'rak_webhook',
};

/** Collections that a key can be restricted from. */
export const restrictable = Object.keys(permissions);

/** Refuses a call that a restricted key may not make. @throws StripeFailure */
export function refusePermission(key: string, method: string, collection: string): never {
  const permission = `${permissions[collection]}_${method === 'GET' ? 'read' : 'write'}`;
  const message = `The provided key '${masked(key)}' does not have the required permissions for this endpoint on account '${accountId}'. Having the '${permission}' permission would allow this request to continue.`;
  throw new StripeFailure(403, message);
}

/** A key as Stripe's messages show it. */
export function masked(key: string): string {
  const [, kind = '', rest = key] = /^(\w\w_(?:live|test)_)(.*)$/.exec(key) ?? [];
  return `${kind}${'*'.repeat(Math.max(0, rest.length - 4))}${rest.slice(-4)}`;
}
