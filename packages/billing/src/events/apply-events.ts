import { raiseAlarm } from '../alarms.ts';
import type { BillingDeps } from '../deps.ts';
import { followOrder } from '../orders/follow-order.ts';
import { findOrderIdBySession } from '../orders/order-row.ts';
import { findSetupOrganization } from '../payment-methods/payment-method-row.ts';
import { followSetup } from '../payment-methods/save-payment-method.ts';
import type { ProviderName } from '../payments/provider.ts';

/** Events taken in one run; whoever takes one has it for so long. */
const maxEventsPerRun = 100;
const claimMs = 2 * 60_000;
/** After a failure: so long, twice as long each time, up to an hour. Then a person is told; the reconciler goes on without it. */
const firstWaitMs = 5_000;
const maxWaitMs = 60 * 60_000;
const maxAttempts = 20;

interface ReceivedEvent {
  readonly id: string;
  readonly type: string;
  readonly provider: ProviderName;
  readonly objectType: string;
  readonly objectId: string;
  readonly attempts: number;
}

/**
 * Applies what is in the inbox: finds the order that each event is about, by asking the provider for its object, and looks at each order once.
 * Several processes may do so at once. @returns how many events were taken
 */
export async function applyEvents(deps: BillingDeps): Promise<number> {
  const now = deps.clock.now();
  const events = await deps.database.query<ReceivedEvent>(
    `WITH due AS MATERIALIZED (
       SELECT id AS due_id FROM payment_event WHERE state = 'received' AND next_attempt_at <= $1
       ORDER BY next_attempt_at LIMIT $3::integer FOR UPDATE SKIP LOCKED)
     UPDATE payment_event SET attempts = attempts + 1, next_attempt_at = $2 FROM due WHERE id = due_id
     RETURNING id, type, provider, object_type AS "objectType", object_id AS "objectId", attempts`,
    [new Date(now), new Date(now + claimMs), maxEventsPerRun],
  );
  const orders = new Map<string, ReceivedEvent[]>();
  for (const event of events) {
    await attempt(deps, [event], async () => {
      const orderId = await findOrderId(deps, event);
      if (orderId === undefined) return applyToSetup(deps, event);
      orders.set(orderId, [...(orders.get(orderId) ?? []), event]);
    });
  }
  for (const [orderId, about] of orders) {
    await attempt(deps, about, async () => {
      await followOrder(deps, orderId);
      await markApplied(deps, about);
    });
  }
  return events.length;
}

async function findOrderId({ database, providers }: BillingDeps, event: ReceivedEvent): Promise<string | undefined> {
  if (event.objectType === 'checkout.session') return findOrderIdBySession(database, event.objectId);
  const provider = providers.find(event.provider);
  if (!provider) throw new Error(`${event.provider} is not set up here any more`);
  const sessionId = await provider.findSession(event);
  return sessionId === undefined ? undefined : findOrderIdBySession(database, sessionId);
}

/** It may be about a card that somebody has saved. */
async function applyToSetup(deps: BillingDeps, event: ReceivedEvent): Promise<void> {
  const isSetup = event.objectType === 'checkout.session';
  const organizationId = isSetup ? await findSetupOrganization(deps.database, event.objectId) : undefined;
  if (organizationId === undefined) return setAside(deps, event, 'no_order_of_ours');
  await followSetup(deps, organizationId);
  await markApplied(deps, [event]);
}

async function markApplied({ database }: BillingDeps, events: readonly ReceivedEvent[]): Promise<void> {
  await database.query(
    `UPDATE payment_event SET state = 'applied', applied_at = now(), error = NULL
     WHERE id = ANY ($1::text[]) AND state = 'received'`,
    [events.map(({ id }) => id)],
  );
}

/** Somebody else uses the same provider account, or the object is gone. */
async function setAside({ database }: BillingDeps, { id }: ReceivedEvent, reason: string): Promise<void> {
  await database.query(
    `UPDATE payment_event SET state = 'set_aside', reason = $2 WHERE id = $1 AND state = 'received'`,
    [id, reason],
  );
}

async function attempt(deps: BillingDeps, events: readonly ReceivedEvent[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unknown';
    for (const event of events) await noteFailure(deps, event, message);
  }
}

async function noteFailure({ database, clock }: BillingDeps, event: ReceivedEvent, message: string): Promise<void> {
  const isLast = event.attempts >= maxAttempts;
  const waitMs = Math.min(maxWaitMs, firstWaitMs * 2 ** Math.min(event.attempts - 1, 20));
  await database.query(
    `UPDATE payment_event SET error = $2, next_attempt_at = $3, state = CASE WHEN $4::boolean THEN 'failed' ELSE state END
     WHERE id = $1 AND state = 'received'`,
    [event.id, message, new Date(clock.now() + waitMs), isLast],
  );
  if (!isLast) return;
  await raiseAlarm(database, { kind: 'event_failed', subject: event.id, detail: { type: event.type, error: message } });
}
