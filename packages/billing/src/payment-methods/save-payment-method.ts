import { type BillingActor, system, writeAudit } from '../audit.ts';
import { BillingError } from '../billing-error.ts';
import type { BillingDeps } from '../deps.ts';
import { type PaymentProvider, PaymentProviderError } from '../payments/provider.ts';
import { findPaymentMethod, type PaymentMethod } from './payment-method-row.ts';

/**
 * Leads to where a way to pay is saved, with the provider: no card number ever comes here.
 * @returns the page's address; a path for a page of this very site
 * @throws BillingError payments_unavailable, payment_provider_unavailable, payment_provider_refused
 */
export async function beginSetup(
  deps: BillingDeps,
  of: { readonly organizationId: string; readonly userId: string },
): Promise<{ readonly url: string }> {
  const provider = providerOf(deps);
  const { organizationId } = of;
  try {
    const customerId = await customerOf(deps, provider, of);
    const { setupId, url } = await provider.saved.openSetup({ organizationId, customerId });
    await deps.database.query(
      'UPDATE payment_method SET setup_id = $4 WHERE organization_id = $1 AND provider = $2 AND livemode = $3',
      [organizationId, provider.name, provider.livemode, setupId],
    );
    return { url };
  } catch (error) {
    throw asBillingError(error);
  }
}

/** The organization as the provider knows it: made once. */
async function customerOf(
  { database }: BillingDeps,
  provider: PaymentProvider,
  { organizationId, userId }: { readonly organizationId: string; readonly userId: string },
): Promise<string> {
  const known = await findPaymentMethod(database, provider, organizationId);
  if (known) return known.customerId;
  const [names] = await database.query<{ name: string; email: string | null }>(
    `SELECT o.name, (SELECT email FROM "user" WHERE id = $2) AS email FROM organization o WHERE o.id = $1`,
    [organizationId, userId],
  );
  const name = names?.name ?? organizationId;
  const customerId = await provider.saved.createCustomer({ organizationId, name, email: names?.email ?? undefined });
  const [row] = await database.query<{ customerId: string }>(
    `INSERT INTO payment_method AS m (organization_id, provider, livemode, customer_id) VALUES ($1, $2, $3, $4)
     ON CONFLICT (organization_id, provider, livemode) DO UPDATE SET customer_id = m.customer_id
     RETURNING customer_id AS "customerId"`,
    [organizationId, provider.name, provider.livemode, customerId],
  );
  return row?.customerId ?? customerId;
}

/**
 * Asks the provider what came of the page that somebody was sent to, and keeps the way to pay that was saved there instead of an older one.
 * @returns what is saved now; undefined where nothing ever was
 * @throws BillingError payment_provider_unavailable
 */
export async function followSetup(deps: BillingDeps, organizationId: string): Promise<PaymentMethod | undefined> {
  const provider = deps.providers.current;
  if (!provider) return undefined;
  const known = await findPaymentMethod(deps.database, provider, organizationId);
  if (!known?.setupId) return known;
  try {
    const view = await provider.saved.readSetup(known.setupId);
    if (view.state === 'open') return known;
    const isNews = await keep(deps, known, view.method);
    const isReplaced = known.methodId !== null && view.method !== undefined && known.methodId !== view.method.id;
    if (isNews && isReplaced && known.methodId) await provider.saved.forgetMethod(known.methodId);
    return findPaymentMethod(deps.database, provider, organizationId);
  } catch (error) {
    throw asBillingError(error);
  }
}

function keep(
  { database, clock }: BillingDeps,
  { organizationId, setupId }: PaymentMethod,
  method: { readonly id: string; readonly brand: string; readonly last4: string } | undefined,
): Promise<boolean> {
  return database.transaction(async (sql) => {
    const rows = await sql.query(
      method
        ? `UPDATE payment_method SET setup_id = NULL, method_id = $2, brand = $3, last4 = $4, saved_at = $5
           WHERE setup_id = $1 RETURNING setup_id`
        : 'UPDATE payment_method SET setup_id = NULL WHERE setup_id = $1 RETURNING setup_id',
      method ? [setupId, method.id, method.brand, method.last4, new Date(clock.now())] : [setupId],
    );
    if (rows.length === 0 || !method) return false;
    const detail = { brand: method.brand, last4: method.last4 };
    await writeAudit(sql, system, { action: 'paymentMethod.save', target: method.id, organizationId, detail });
    return true;
  });
}

/**
 * Forgets what is saved, here and at the provider, and switches off what it was for.
 * @throws BillingError payments_unavailable, payment_provider_unavailable
 */
export async function forgetPaymentMethod(
  deps: BillingDeps,
  { organizationId, actor }: { readonly organizationId: string; readonly actor: BillingActor },
): Promise<void> {
  const provider = providerOf(deps);
  const known = await findPaymentMethod(deps.database, provider, organizationId);
  if (!known?.methodId) return;
  const { methodId } = known;
  await deps.database.transaction(async (sql) => {
    await sql.query(
      `UPDATE payment_method SET method_id = NULL, brand = NULL, last4 = NULL, saved_at = NULL
       WHERE organization_id = $1 AND method_id = $2`,
      [organizationId, methodId],
    );
    await sql.query('UPDATE auto_top_up SET is_on = false, off_reason = NULL WHERE organization_id = $1', [
      organizationId,
    ]);
    await writeAudit(sql, actor, { action: 'paymentMethod.forget', target: methodId, organizationId });
  });
  try {
    await provider.saved.forgetMethod(methodId);
  } catch (error) {
    throw asBillingError(error);
  }
}

function providerOf({ providers }: BillingDeps): PaymentProvider {
  if (!providers.current) throw new BillingError('payments_unavailable', 'payments are not set up here');
  return providers.current;
}

function asBillingError(error: unknown): unknown {
  if (!(error instanceof PaymentProviderError)) return error;
  if (error.failure === 'refused')
    return new BillingError('payment_provider_refused', 'the payment provider does not take this', error);
  return new BillingError('payment_provider_unavailable', 'the payment provider does not answer: try again', error);
}
