import type { Sql } from '@ai-bridge/db';
import type { Month } from '@ai-bridge/domain';
import { listLatestEntries, listMonthEntries, type MonthEntry } from '@ai-bridge/ledger';
import type { ProviderName } from '../payments/provider.ts';

export const movementKinds = [
  'order',
  'grant',
  'code',
  'adjustment',
  'refund',
  'refund_returned',
  'dispute',
  'dispute_returned',
] as const;
export type MovementKind = (typeof movementKinds)[number];

/** The order that a movement is of. */
export interface MovementOrder {
  readonly id: string;
  /** Null: an amount of the customer's own. */
  readonly planId: string | null;
  readonly title: string;
  readonly provider: ProviderName;
  readonly paymentId: string | null;
}

/** What changed a balance other than a request, as its customer reads it. */
export interface Movement {
  /** The fact's own key: unique. */
  readonly key: string;
  readonly kind: MovementKind;
  readonly at: Date;
  /** Above zero: credit came in. */
  readonly amountNanoUsd: bigint;
  /** Why it was given; of a code its last four characters; for corrections null, as their reasons are the staff's. */
  readonly note: string | null;
  readonly order: MovementOrder | undefined;
  /** The money that was paid or paid back for it. */
  readonly money: { readonly amountMinor: bigint; readonly currency: string } | undefined;
}

interface Matter extends MovementOrder {
  /** order:<id> | refund:<id> | dispute:<id> */
  readonly subject: string;
  readonly amountMinor: bigint;
  readonly currency: string;
}

/** What changed an organization's balance in a month (UTC), oldest first, without requests. @returns also how many there are in all */
export async function listMovements(
  sql: Sql,
  of: { readonly organizationId: string; readonly month: Month; readonly limit: number },
): Promise<{ readonly movements: readonly Movement[]; readonly count: bigint }> {
  const { entries, count } = await listMonthEntries(sql, of);
  const matters = await readMatters(sql, of.organizationId, entries);
  return { movements: entries.map((entry) => movementOf(entry, matters.get(subjectOf(entry.key)))), count };
}

const maxPageMovements = 200;

/**
 * The same of all months, newest first, a page at a time.
 * @param of.cursor `nextCursor` of the page before; anything else is treated as no cursor
 * @param of.offset movements to leave out, for who counts pages
 */
export async function listMovementPage(
  sql: Sql,
  of: {
    readonly organizationId: string;
    readonly limit: number;
    readonly cursor?: string | undefined;
    readonly offset?: number | undefined;
  },
): Promise<{ readonly movements: readonly Movement[]; readonly nextCursor: string | undefined }> {
  const limit = Math.max(1, Math.min(maxPageMovements, Math.trunc(of.limit)));
  const before = /^\d{1,18}$/.test(of.cursor ?? '') ? BigInt(of.cursor ?? '') : undefined;
  const { organizationId, offset = 0 } = of;
  const found = await listLatestEntries(sql, { organizationId, before, offset, limit: limit + 1 });
  const entries = found.slice(0, limit);
  const matters = await readMatters(sql, organizationId, entries);
  return {
    movements: entries.map((entry) => movementOf(entry, matters.get(subjectOf(entry.key)))),
    nextCursor: found.length > limit ? entries.at(-1)?.place.toString() : undefined,
  };
}

function movementOf({ key, kind, reason, at, amountNanoUsd }: MonthEntry, matter: Matter | undefined): Movement {
  const movement = movementKind(key, kind);
  return {
    ...{ key, at, amountNanoUsd, kind: movement, note: noteOf(movement, reason) },
    order: matter && {
      ...{ id: matter.id, planId: matter.planId, title: matter.title },
      ...{ provider: matter.provider, paymentId: matter.paymentId },
    },
    money: matter && { amountMinor: matter.amountMinor, currency: matter.currency },
  };
}

function movementKind(key: string, kind: MonthEntry['kind']): MovementKind {
  if (kind === 'adjust') return 'adjustment';
  if (kind === 'grant') return key.startsWith('redeem:') ? 'code' : 'grant';
  if (kind === 'order') return 'order';
  return key.endsWith(':cancelled') ? `${kind}_returned` : kind;
}

const codeEnding = 4;

function noteOf(kind: MovementKind, reason: string | null): string | null {
  if (kind === 'code') return reason?.slice(-codeEnding) ?? null;
  return kind === 'grant' ? reason : null;
}

/** The fact without what became of it: refund:<id>:reserved -> refund:<id> */
function subjectOf(key: string): string {
  return key.split(':', 2).join(':');
}

async function readMatters(
  sql: Sql,
  organizationId: string,
  entries: readonly MonthEntry[],
): Promise<ReadonlyMap<string, Matter>> {
  const subjects = [...new Set(entries.filter(({ kind }) => isOfOrder.has(kind)).map(({ key }) => subjectOf(key)))];
  if (subjects.length === 0) return new Map();
  const rows = await sql.query<Matter>(
    `WITH subject AS (
       SELECT name, split_part(name, ':', 1) AS kind, split_part(name, ':', 2) AS id FROM unnest($2::text[]) AS name
     ), matter AS (
       SELECT s.name, o.id AS order_id, o.amount_minor, o.currency FROM subject s JOIN "order" o ON s.kind = 'order' AND o.id = s.id
       UNION ALL
       SELECT s.name, r.order_id, r.amount_minor, r.currency FROM subject s JOIN refund r ON s.kind = 'refund' AND r.id = s.id
       UNION ALL
       SELECT s.name, d.order_id, d.amount_minor, NULL FROM subject s JOIN dispute d ON s.kind = 'dispute' AND d.id = s.id
     )
     SELECT m.name AS subject, o.id, o.plan_id AS "planId", o.title, o.provider, o.payment_id AS "paymentId",
            m.amount_minor AS "amountMinor", coalesce(m.currency, o.currency) AS currency
     FROM matter m JOIN "order" o ON o.id = m.order_id WHERE o.organization_id = $1`,
    [organizationId, subjects],
  );
  return new Map(rows.map((row) => [row.subject, row]));
}

const isOfOrder: ReadonlySet<MonthEntry['kind']> = new Set(['order', 'refund', 'dispute']);
