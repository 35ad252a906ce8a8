import type { AddressInfo } from 'node:net';
import { type AccountFacts, addEndpoint, restrictable, type WebhookEndpoint } from './account.ts';
import { type CardBehaviour, saveCard } from './cards.ts';
import { type DisputeStatus, moveDispute, openDispute } from './disputes.ts';
import { IdempotencyKeys } from './keys.ts';
import { arrive, bounce, type PayOptions, pay, payLater, succeed } from './payments.ts';
import { createRefund, moveRefund, type RefundStatus } from './refunds.ts';
import { createStripeServer, type Mishap, type StripeCall } from './server.ts';
import { type FakeEvent, Store, type StripeObject } from './store.ts';
import { type SignedEvent, signEvent } from './webhooks.ts';

export type { CardBehaviour, FakeEvent, Mishap, StripeCall, StripeObject };

export interface FakeStripeOptions {
  readonly secretKey?: string;
  readonly webhookSecret?: string;
  readonly nowMs?: () => number;
}

/** Stripe on loopback, as far as payments here use it. It sends nothing by itself: a test says which events arrive, when, and how often. */
export interface FakeStripe {
  /** For STRIPE_API_BASE. */
  readonly url: string;
  readonly secretKey: string;
  readonly webhookSecret: string;
  readonly calls: readonly StripeCall[];
  /** All that happened, in its order. */
  readonly events: readonly FakeEvent[];
  get(id: string): StripeObject;
  /** What customers, their banks and the Dashboard do; sessions by their ids, payments by their session's. */
  pay(sessionId: string, options?: PayOptions): void;
  payLater(sessionId: string): void;
  arrive(sessionId: string): void;
  bounce(sessionId: string): void;
  /** On the page of a setup. @returns the card's id */
  saveCard(sessionId: string, behaviour?: CardBehaviour): string;
  /** How a saved card's bank answers from now on. */
  cardBecomes(cardId: string, behaviour: CardBehaviour): void;
  /** The money of a charge that was `processing` is there. */
  chargeArrives(intentId: string): void;
  refundInDashboard(sessionId: string, amount?: number): string;
  moveRefund(refundId: string, status: RefundStatus): void;
  dispute(sessionId: string, status?: DisputeStatus, amount?: number): string;
  moveDispute(disputeId: string, status: DisputeStatus): void;
  /** What refunds are at once from now on. */
  refundsBecome(status: RefundStatus): void;
  /** The next calls of this method and path go wrong, each in its way. */
  mishaps(method: string, path: string | RegExp, ...list: Mishap[]): void;
  /** No mishap waits any more. */
  behave(): void;
  /** What the account's owner says of it, and Stripe lets it do, from now on. */
  accountBecomes(facts: Partial<AccountFacts>): void;
  /** Somebody adds a webhook endpoint in the Dashboard. @returns its id */
  addEndpoint(endpoint: WebhookEndpoint): string;
  removeEndpoint(id: string): void;
  /** The key is a restricted one from now on, which may not touch these collections (`all`: none of them); without any, it may do everything. */
  forbid(...collections: readonly string[]): void;
  /** Idempotency keys are forgotten, as after a day. */
  forgetKeys(): void;
  sign(event: unknown, of?: { readonly secret?: string; readonly atMs?: number }): SignedEvent;
  /** Sends an event to a webhook endpoint; the answer's status. */
  deliver(event: FakeEvent, to: string): Promise<number>;
  stop(): Promise<void>;
}

export async function startFakeStripe(options: FakeStripeOptions = {}): Promise<FakeStripe> {
  const {
    secretKey = 'sk_test_0123456789abcdef',
    webhookSecret = 'whsec_0123456789abcdef0123456789',
    nowMs = Date.now,
  } = options;
  const store = new Store(secretKey.includes('_live_'), nowMs);
  const keys = new IdempotencyKeys();
  const calls: StripeCall[] = [];
  const mishaps: { method: string; path: string | RegExp; mishap: Mishap }[] = [];
  let refundStatus: RefundStatus = 'succeeded';
  const account = { name: 'Harbour Ltd', chargesEnabled: true, forbidden: new Set<string>() };

  const server = createStripeServer({
    ...{ store, secretKey, account, keys, calls, nextRefundStatus: () => refundStatus },
    mishapOf(call) {
      const place = mishaps.findIndex(
        ({ method, path }) =>
          method === call.method && (typeof path === 'string' ? path === call.path : path.test(call.path)),
      );
      return place < 0 ? undefined : mishaps.splice(place, 1)[0]?.mishap;
    },
  });
  server.listen(0, '127.0.0.1');
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject));
  const session = (id: string) => store.get(id, 'checkout.session');
  /** A charge without a checkout stands for one. */
  const intentOf = (id: string) => (id.startsWith('pi_') ? id : String(session(id).payment_intent));
  const sign: FakeStripe['sign'] = (event, of = {}) =>
    signEvent(event, { secret: of.secret ?? webhookSecret, atMs: of.atMs ?? nowMs() });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ secretKey, webhookSecret, calls, events: store.events, sign },
    get(id) {
      const object = store.objects.get(id);
      if (!object) throw new Error(`there is no ${id}`);
      return object;
    },
    pay: (id, how) => pay(store, session(id), how),
    payLater: (id) => payLater(store, session(id)),
    arrive: (id) => arrive(store, session(id)),
    bounce: (id) => bounce(store, session(id)),
    saveCard: (id, behaviour = 'pays') => saveCard(store, session(id), behaviour),
    cardBecomes: (id, behaviour) => void Object.assign(store.get(id, 'payment_method'), { behaviour }),
    chargeArrives: (id) => succeed(store, store.get(id, 'payment_intent')),
    refundInDashboard(id, amount) {
      const form = { payment_intent: intentOf(id), ...(amount === undefined ? {} : { amount: String(amount) }) };
      return createRefund(store, form, refundStatus).id;
    },
    moveRefund: (id, status) => moveRefund(store, store.get(id, 'refund'), status),
    dispute: (id, status = 'needs_response', amount = undefined) => openDispute(store, intentOf(id), status, amount).id,
    moveDispute: (id, status) => moveDispute(store, store.get(id, 'dispute'), status),
    refundsBecome(status) {
      refundStatus = status;
    },
    mishaps: (method, path, ...list) => void mishaps.push(...list.map((mishap) => ({ method, path, mishap }))),
    behave: () => void mishaps.splice(0),
    accountBecomes: (facts) => void Object.assign(account, facts),
    addEndpoint: (endpoint) => addEndpoint(store, endpoint).id,
    removeEndpoint: (id) => void store.objects.delete(id),
    forbid(...collections) {
      account.forbidden = new Set(collections.includes('all') ? restrictable : collections);
    },
    forgetKeys: () => keys.forget(),
    async deliver(event, to) {
      const { rawBody, signature } = sign(event);
      const headers = { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature };
      const response = await fetch(to, { method: 'POST', headers, body: new Uint8Array(rawBody), redirect: 'manual' });
      await response.arrayBuffer();
      return response.status;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
