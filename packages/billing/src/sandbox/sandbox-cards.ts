import { randomBytes } from 'node:crypto';
import type { Database } from '@ai-bridge/db';
import { PaymentProviderError } from '../payments/provider.ts';
import type { SavedPayments } from '../payments/saved-payments.ts';

/** How a sandbox card behaves when it is charged. */
export const sandboxCardKinds = ['good', 'declined', 'authentication_required'] as const;
export type SandboxCardKind = (typeof sandboxCardKinds)[number];

const setupPrefix = 'sandbox_card_';
const last4 = '0000';

/** Cards without money: the customer chooses on a page of ours how the card is to behave. */
export function createSandboxCards(database: Database): SavedPayments {
  return {
    createCustomer: async ({ organizationId }) => `sandbox_customer_${organizationId}`,
    async openSetup({ organizationId }) {
      const setupId = `${setupPrefix}${randomBytes(16).toString('hex')}`;
      await database.query('INSERT INTO sandbox_card (setup_id, organization_id) VALUES ($1, $2)', [
        setupId,
        organizationId,
      ]);
      return { setupId, url: `/console/billing/card/${setupId}` };
    },
    async readSetup(setupId) {
      const card = await readSandboxCard(database, setupId);
      if (!card) return { state: 'expired', method: undefined };
      if (card.kind === null) return { state: 'open', method: undefined };
      return { state: 'complete', method: { id: setupId, brand: 'sandbox', last4 } };
    },
    async forgetMethod(methodId) {
      await database.query('DELETE FROM sandbox_card WHERE setup_id = $1', [methodId]);
    },
    async openCharge({ orderId, amountMinor, currency }) {
      const sessionId = `sandbox_${randomBytes(16).toString('hex')}`;
      const [row] = await database.query<{ sessionId: string }>(
        `INSERT INTO sandbox_payment AS p (session_id, order_id, amount_minor, currency) VALUES ($1, $2, $3, $4)
         ON CONFLICT (order_id) DO UPDATE SET order_id = p.order_id RETURNING session_id AS "sessionId"`,
        [sessionId, orderId, amountMinor, currency],
      );
      if (!row) throw new PaymentProviderError('unavailable', 'sandbox: a charge was not written');
      return row.sessionId;
    },
    async confirmCharge({ paymentId, methodId }) {
      const [row] = await database.query<{
        status: string;
        failure: 'declined' | 'authentication_required' | 'method_missing' | null;
      }>(
        `WITH card AS (SELECT coalesce((SELECT kind FROM sandbox_card WHERE setup_id = $2), 'method_missing') AS kind),
         changed AS (
           UPDATE sandbox_payment SET status = CASE kind WHEN 'good' THEN 'paid' ELSE 'declined' END, failure = nullif(kind, 'good')
           FROM card WHERE session_id = $1 AND status = 'open' RETURNING status, failure)
         SELECT status, failure FROM changed
         UNION ALL SELECT status, failure FROM sandbox_payment WHERE session_id = $1 AND NOT EXISTS (SELECT FROM changed)`,
        [paymentId, methodId],
      );
      if (!row) throw new PaymentProviderError('refused', 'sandbox: there is no such charge');
      return row.failure === null ? 'tried' : { refused: row.failure };
    },
  };
}

/** What the sandbox's page for a card shows: its kind is null until one was chosen. */
export async function readSandboxCard(
  database: Database,
  setupId: string,
): Promise<{ readonly organizationId: string; readonly kind: SandboxCardKind | null } | undefined> {
  const [card] = await database.query<{ organizationId: string; kind: SandboxCardKind | null }>(
    'SELECT organization_id AS "organizationId", kind FROM sandbox_card WHERE setup_id = $1',
    [setupId],
  );
  return card;
}

/** The buttons of that page. The caller has checked whose card it is. @returns false where one was chosen before */
export async function chooseSandboxCard(database: Database, setupId: string, kind: SandboxCardKind): Promise<boolean> {
  const rows = await database.query(
    'UPDATE sandbox_card SET kind = $2 WHERE setup_id = $1 AND kind IS NULL RETURNING setup_id',
    [setupId, kind],
  );
  return rows.length > 0;
}
