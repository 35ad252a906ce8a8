import type { Sql } from '@ai-bridge/db';
import type { PaymentProvider } from '../payments/provider.ts';

/** How an organization may be charged while nobody of it is there. */
export interface PaymentMethod {
  readonly organizationId: string;
  readonly customerId: string;
  /** Null: none is saved. */
  readonly methodId: string | null;
  readonly brand: string | null;
  readonly last4: string | null;
  readonly savedAt: Date | null;
  /** The page that somebody was last sent to, as long as it is not known what came of it. */
  readonly setupId: string | null;
}

const columns = `organization_id AS "organizationId", customer_id AS "customerId", method_id AS "methodId", brand, last4,
  saved_at AS "savedAt", setup_id AS "setupId"`;

/** What an organization has saved with a provider. */
export async function findPaymentMethod(
  sql: Sql,
  { name, livemode }: Pick<PaymentProvider, 'name' | 'livemode'>,
  organizationId: string,
): Promise<PaymentMethod | undefined> {
  const [row] = await sql.query<PaymentMethod>(
    `SELECT ${columns} FROM payment_method WHERE organization_id = $1 AND provider = $2 AND livemode = $3`,
    [organizationId, name, livemode],
  );
  return row;
}

/** Whose setup an event is about. */
export async function findSetupOrganization(sql: Sql, setupId: string): Promise<string | undefined> {
  const [row] = await sql.query<{ organizationId: string }>(
    'SELECT organization_id AS "organizationId" FROM payment_method WHERE setup_id = $1',
    [setupId],
  );
  return row?.organizationId;
}
