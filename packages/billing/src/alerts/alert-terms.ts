import type { Sql } from '@ai-bridge/db';
import { type BillingActor, writeAudit } from '../audit.ts';
import { BillingError } from '../billing-error.ts';

/** When an organization is told that its balance is low. */
export interface AlertTerms {
  /** Of its own, highest first; undefined: the share of its last purchase, which is `usualNanoUsd`. */
  readonly ownNanoUsd: readonly bigint[] | undefined;
  /** Undefined where it never had credit. */
  readonly usualNanoUsd: bigint | undefined;
  /** The lowest threshold that the balance is under; undefined: above all. */
  readonly crossedNanoUsd: bigint | undefined;
}

export const maxAlertThresholds = 3;
/** A million USD of list price. */
export const maxThresholdNanoUsd = 1_000_000_000_000_000n;

/** A tenth of what was last bought, or of what was last given where nothing was: told before it is too late, and not at every purchase. */
export const usualThreshold = `
  SELECT amount_nano_usd / 10 AS threshold FROM credit_lot l
  WHERE l.organization_id = b.organization_id AND l.amount_nano_usd >= 10
  ORDER BY (l.kind = 'paid') DESC, l.created_at DESC LIMIT 1`;

export async function readAlertTerms(sql: Sql, organizationId: string): Promise<AlertTerms> {
  const [row] = await sql.query<{ own: string[] | null; usual: bigint | null; crossed: bigint | null }>(
    `SELECT a.thresholds_nano_usd::text[] AS own, usual.threshold AS usual,
            (SELECT min(t) FROM unnest(coalesce(a.thresholds_nano_usd, ARRAY[usual.threshold])) t
             WHERE coalesce(b.posted_nano_usd, 0) < t) AS crossed
     FROM (SELECT $1::text AS organization_id) o
     LEFT JOIN balance b USING (organization_id)
     LEFT JOIN balance_alert a USING (organization_id)
     LEFT JOIN LATERAL (${usualThreshold}) usual ON true`,
    [organizationId],
  );
  return {
    ownNanoUsd: row?.own?.map(BigInt),
    usualNanoUsd: row?.usual ?? undefined,
    crossedNanoUsd: row?.crossed ?? undefined,
  };
}

export interface AlertChange {
  readonly organizationId: string;
  /** Undefined: as usual; empty: never. */
  readonly thresholdsNanoUsd: readonly bigint[] | undefined;
  readonly actor: BillingActor;
}

/**
 * Sets an organization's thresholds. One that the balance is under already counts as told: it was just looked at by who set it.
 * @throws BillingError alert_invalid
 */
export async function setAlertTerms(
  sql: Sql,
  { organizationId, thresholdsNanoUsd, actor }: AlertChange,
): Promise<void> {
  const own = thresholdsNanoUsd && [...new Set(thresholdsNanoUsd)].sort((a, b) => (a < b ? 1 : -1));
  const isRight = own?.every((threshold) => threshold > 0n && threshold <= maxThresholdNanoUsd) ?? true;
  if (!isRight || (own && own.length > maxAlertThresholds)) {
    throw new BillingError('alert_invalid', `expected up to ${maxAlertThresholds} amounts above zero`);
  }
  const list = own ? own.map(String) : null;
  const before = await readAlertTerms(sql, organizationId);
  await sql.query(
    `INSERT INTO balance_alert (organization_id, thresholds_nano_usd) VALUES ($1, $2::text[]::bigint[])
     ON CONFLICT (organization_id) DO UPDATE SET thresholds_nano_usd = excluded.thresholds_nano_usd`,
    [organizationId, list],
  );
  const { crossedNanoUsd } = await readAlertTerms(sql, organizationId);
  await sql.query('UPDATE balance_alert SET alerted_nano_usd = $2 WHERE organization_id = $1', [
    organizationId,
    crossedNanoUsd ?? null,
  ]);
  const written = (thresholds: readonly (bigint | string)[] | null | undefined) => thresholds?.join(' ') ?? 'usual';
  const detail = { thresholdsNanoUsd: { from: written(before.ownNanoUsd), to: written(list) } };
  await writeAudit(sql, actor, { action: 'balanceAlert.set', target: organizationId, organizationId, detail });
}
