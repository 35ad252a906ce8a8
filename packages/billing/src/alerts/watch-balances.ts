import type { Sql } from '@ai-bridge/db';
import { lowBalanceMail } from '@ai-bridge/mail';
import type { BillingDeps } from '../deps.ts';
import { tellOrganization } from '../mails/tell-organization.ts';
import { usualThreshold } from './alert-terms.ts';

/** Balances whose level changed, in one run; the next run takes the rest. */
const maxChangesPerRun = 200;

interface Change {
  readonly organizationId: string;
  readonly thresholdNanoUsd: bigint | null;
  readonly balanceNanoUsd: bigint;
  readonly alerts: number;
  readonly isFall: boolean;
  readonly isTopUpOn: boolean;
}

/**
 * Tells organizations whose balance has fallen under a threshold, once for each fall: a threshold counts again when the balance has been above it.
 * Several processes may do so at once: each fall is told by one. @returns how many organizations were told
 */
export function watchBalances(deps: BillingDeps): Promise<number> {
  return deps.database.transaction(async (sql) => {
    const changes = await levelChanges(sql, new Date(deps.clock.now()));
    const falls = changes.filter(({ isFall }) => isFall);
    for (const { organizationId, alerts, thresholdNanoUsd, balanceNanoUsd, isTopUpOn } of falls) {
      const about = { thresholdNanoUsd: thresholdNanoUsd ?? 0n, balanceNanoUsd, isTopUpOn };
      await tellOrganization(sql, deps, {
        ...{ organizationId, fact: `balance:${organizationId}:low:${alerts}`, kind: 'low_balance' },
        write: (site, locale, organizationName) => lowBalanceMail(site, locale, { ...about, organizationName }),
      });
    }
    return falls.length;
  });
}

/** One statement over all balances. What workers lease is still the customer's: the level is that of what is posted. */
function levelChanges(sql: Sql, now: Date): Promise<Change[]> {
  return sql.query<Change>(
    `WITH level AS MATERIALIZED (
       SELECT b.organization_id, b.posted_nano_usd, coalesce(t.is_on, false) AS is_top_up_on,
              (SELECT min(t) FROM unnest(coalesce(a.thresholds_nano_usd, ARRAY[usual.threshold])) t WHERE b.posted_nano_usd < t) AS crossed,
              a.alerted_nano_usd
       FROM balance b
       JOIN organization o ON o.id = b.organization_id AND o.status = 'active'
       LEFT JOIN balance_alert a USING (organization_id)
       LEFT JOIN auto_top_up t USING (organization_id)
       LEFT JOIN LATERAL (${usualThreshold}) usual ON a.thresholds_nano_usd IS NULL
     ), changed AS (
       INSERT INTO balance_alert AS a (organization_id, alerted_nano_usd, alerted_at, alerts)
       SELECT organization_id, crossed, $1, 1 FROM level WHERE crossed IS DISTINCT FROM alerted_nano_usd
       ORDER BY organization_id LIMIT ${maxChangesPerRun}
       ON CONFLICT (organization_id) DO UPDATE SET
         alerted_nano_usd = excluded.alerted_nano_usd,
         alerts = a.alerts + CASE WHEN coalesce(excluded.alerted_nano_usd < a.alerted_nano_usd, excluded.alerted_nano_usd IS NOT NULL) THEN 1 ELSE 0 END,
         alerted_at = CASE WHEN coalesce(excluded.alerted_nano_usd < a.alerted_nano_usd, excluded.alerted_nano_usd IS NOT NULL) THEN $1 ELSE a.alerted_at END
       WHERE a.alerted_nano_usd IS DISTINCT FROM excluded.alerted_nano_usd
       RETURNING organization_id, alerted_nano_usd, alerts, alerted_at IS NOT DISTINCT FROM $1 AS is_fall
     )
     SELECT c.organization_id AS "organizationId", c.alerted_nano_usd AS "thresholdNanoUsd", c.alerts, c.is_fall AS "isFall",
            l.posted_nano_usd AS "balanceNanoUsd", l.is_top_up_on AS "isTopUpOn"
     FROM changed c JOIN level l USING (organization_id)`,
    [now],
  );
}
