import { raiseAlarm } from './alarms.ts';
import type { BillingDeps } from './deps.ts';
import { applyEvents } from './events/apply-events.ts';
import { keepEvent } from './events/receive-event.ts';
import { lookAtOrders } from './orders/look-at-orders.ts';
import type { PaymentProvider, ProviderChanges } from './payments/provider.ts';

/** How long a process has the comparison for itself. */
const claimMs = 5 * 60_000;
/** Objects are compared again for two days after they were made, events for an hour after they happened: both may show late. */
const objectOverlapMs = 48 * 60 * 60_000;
const eventOverlapMs = 60 * 60_000;

export interface Reconciled {
  /** False: another process is at it. */
  readonly isMine: boolean;
  /** Events that no webhook had told. */
  readonly missedEvents: number;
  /** Orders whose payment, refund or dispute was not as the provider has it. */
  readonly differingOrders: number;
}

/**
 * Compares with the provider what happened there since the last time, and applies what nobody told: its events go into the inbox, and orders
 * that its checkouts, refunds and disputes disagree with are looked at.
 */
export async function reconcile(deps: BillingDeps): Promise<Reconciled> {
  const provider = deps.providers.current;
  const since = provider && (await claimWatermark(deps, provider));
  if (!provider || !since) return { isMine: false, missedEvents: 0, differingOrders: 0 };
  const startedAt = new Date(deps.clock.now());
  const changes = await provider.listChanges({
    objectsSince: new Date(since.getTime() - objectOverlapMs),
    eventsSince: new Date(since.getTime() - eventOverlapMs),
  });
  let missedEvents = 0;
  for (const event of changes.events) if (await keepEvent(deps.database, provider, event, startedAt)) missedEvents++;
  await applyEvents(deps);
  const differing = await differingOrders(deps, changes);
  await deps.database.query('UPDATE "order" SET next_look_at = $2 WHERE id = ANY ($1::text[])', [differing, startedAt]);
  await lookAtOrders(deps);
  if (!changes.isWhole) {
    const subject = `${provider.name} ${startedAt.toISOString().slice(0, 10)}`;
    await raiseAlarm(deps.database, { kind: 'reconcile_limit', subject, detail: { since: since.toISOString() } });
  }
  await deps.database.query('UPDATE payment_watermark SET compared_to = $2, claimed_until = $3 WHERE provider = $1', [
    provider.name,
    startedAt,
    startedAt,
  ]);
  return { isMine: true, missedEvents, differingOrders: differing.length };
}

/** @returns how far was compared; undefined where another process is at it */
async function claimWatermark({ database, clock }: BillingDeps, { name }: PaymentProvider): Promise<Date | undefined> {
  const now = new Date(clock.now());
  const [row] = await database.query<{ comparedTo: Date }>(
    `INSERT INTO payment_watermark AS w (provider, compared_to, claimed_until) VALUES ($1, $2, $3)
     ON CONFLICT (provider) DO UPDATE SET claimed_until = excluded.claimed_until WHERE w.claimed_until <= $2
     RETURNING compared_to AS "comparedTo"`,
    [name, now, new Date(now.getTime() + claimMs)],
  );
  return row?.comparedTo;
}

/** Our orders that are not as the provider's lists say. */
async function differingOrders({ database }: BillingDeps, changes: ProviderChanges): Promise<string[]> {
  const { paidSessionIds, refunds, disputes } = changes;
  const rows = await database.query<{ id: string }>(
    `SELECT o.id FROM "order" o WHERE o.session_id = ANY ($1::text[]) AND o.paid_at IS NULL
     UNION
     SELECT o.id FROM unnest($2::text[], $3::text[], $4::text[]) AS told (id, status, payment)
     JOIN "order" o ON o.payment_id = told.payment
     WHERE NOT EXISTS (SELECT FROM refund r WHERE r.provider_refund_id = told.id AND r.provider_status = told.status)
       AND (told.status NOT IN ('failed', 'canceled') OR EXISTS (SELECT FROM refund r WHERE r.provider_refund_id = told.id))
     UNION
     SELECT o.id FROM unnest($5::text[], $6::text[], $7::text[]) AS told (id, status, payment)
     JOIN "order" o ON o.payment_id = told.payment
     WHERE NOT EXISTS (SELECT FROM dispute d WHERE d.id = told.id AND d.provider_status = told.status)`,
    [
      paidSessionIds,
      refunds.map(({ id }) => id),
      refunds.map(({ status }) => status),
      refunds.map(({ paymentId }) => paymentId),
      disputes.map(({ id }) => id),
      disputes.map(({ status }) => status),
      disputes.map(({ paymentId }) => paymentId),
    ],
  );
  return rows.map(({ id }) => id);
}
