import type { Sql } from '@ai-bridge/db';
import { raiseAlarm } from '../alarms.ts';
import { BillingError } from '../billing-error.ts';
import type { BillingDeps } from '../deps.ts';
import type { EventNotice, PaymentProvider, ProviderName } from '../payments/provider.ts';

/** The largest event taken; real ones are a few kilobytes. */
export const maxEventBytes = 512 * 1024;

/** Kinds of objects that an order can be found by. */
const followedObjects: ReadonlySet<string> = new Set([
  'checkout.session',
  'payment_intent',
  'charge',
  'refund',
  'dispute',
]);

/**
 * Takes an event that a provider sent: proves that it is the provider's, and puts it into the inbox. Answer 2xx once this has returned, whatever
 * it says: `applyEvents` does the rest. An event that is sent again is there already.
 * @param input.rawBody the bytes as they came
 * @throws BillingError event_invalid (answer 400), payments_unavailable (503); anything else is ours: answer 5xx, and it is sent again
 */
export async function receiveEvent(
  deps: BillingDeps,
  input: { readonly provider: ProviderName; readonly rawBody: Buffer; readonly signature: string | undefined },
): Promise<{ readonly isNew: boolean }> {
  const provider = deps.providers.find(input.provider);
  if (!provider) throw new BillingError('payments_unavailable', 'this provider is not set up here');
  if (input.rawBody.length > maxEventBytes) throw new BillingError('event_invalid', 'this event is too large');
  const notice = provider.readEvent(input.rawBody, input.signature);
  if (!notice) return { isNew: false };
  return deps.database.transaction(async (sql) => ({
    isNew: await keepEvent(sql, provider, notice, new Date(deps.clock.now())),
  }));
}

/** Puts a proven event into the inbox. What is not about us is kept, and set aside. @returns false where it was there already */
export async function keepEvent(sql: Sql, provider: PaymentProvider, notice: EventNotice, now: Date): Promise<boolean> {
  const reason = whySetAside(provider, notice);
  const rows = await sql.query(
    `INSERT INTO payment_event (id, provider, type, object_type, object_id, livemode, account, occurred_at, state, reason,
       received_at, next_attempt_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) ON CONFLICT (id) DO NOTHING RETURNING id`,
    [
      notice.id,
      provider.name,
      notice.type,
      notice.objectType,
      notice.objectId,
      notice.livemode,
      notice.account ?? null,
      notice.occurredAt,
      reason === undefined ? 'received' : 'set_aside',
      reason ?? null,
      now,
    ],
  );
  if (rows.length > 0 && (reason === 'wrong_mode' || reason === 'other_account')) {
    await raiseAlarm(sql, { kind: reason, subject: notice.id, detail: { type: notice.type } });
  }
  return rows.length > 0;
}

function whySetAside(
  provider: PaymentProvider,
  { account, livemode, objectType }: EventNotice,
): 'other_account' | 'wrong_mode' | 'not_followed' | undefined {
  if (account !== undefined) return 'other_account';
  if (livemode !== provider.livemode) return 'wrong_mode';
  return followedObjects.has(objectType) ? undefined : 'not_followed';
}
