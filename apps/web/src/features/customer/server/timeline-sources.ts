import { type AuditRow, listOrganizationAudit, listPersonAudit, listStaffNotes } from '@ai-bridge/access';
import { listOrdersBefore, listRefundsBefore } from '@ai-bridge/billing';
import { listMovements } from '@ai-bridge/ledger';
import { listMailsBefore } from '@ai-bridge/mail';
import { listUsageDays, type UsageDay } from '@ai-bridge/usage';
import type { Deps } from '#server/deps.ts';
import type { TimelineKind } from '../timeline-kind.ts';
import type { TimelineSource } from './timeline-page.ts';

/** Whose timeline it is. */
export interface Customer {
  readonly organizationId: string;
  readonly members: readonly { readonly id: string; readonly email: string }[];
}

type Sources = { readonly [Kind in TimelineKind]: (deps: Deps, customer: Customer) => Read<Kind> };
type Read<Kind extends TimelineKind> = (
  before: Parameters<TimelineSource<never>['read']>[0],
  limit: number,
) => Promise<readonly { readonly kind: Kind; readonly at: Date; readonly id: string }[]>;

/** Where each kind of a timeline comes from. */
export const timelineReads = {
  note:
    ({ prisma }, { organizationId }) =>
    async (before, limit) =>
      (await listStaffNotes(prisma, { organizationId, before, limit })).map(({ createdAt, ...note }) => {
        return { ...note, kind: 'note' as const, at: createdAt };
      }),
  order:
    ({ database }, { organizationId }) =>
    async (before, limit) =>
      (await listOrdersBefore(database, { organizationId, before, limit })).map((order) => {
        const { id, createdAt, title, amountMinor, currency, state, createdByUserId, livemode } = order;
        const what = { title, amountMinor, currency, state, livemode, byUserId: createdByUserId };
        return { kind: 'order' as const, id, at: createdAt, ...what };
      }),
  refund:
    ({ database }, { organizationId }) =>
    async (before, limit) =>
      (await listRefundsBefore(database, { organizationId, before, limit })).map((refund) => {
        const { id, createdAt, orderId, amountMinor, currency, state, reason, requestedByUserId } = refund;
        const what = { orderId, amountMinor, currency, state, reason, byUserId: requestedByUserId };
        return { kind: 'refund' as const, id, at: createdAt, ...what };
      }),
  ledger:
    ({ database }, { organizationId }) =>
    async (before, limit) =>
      (await listMovements(database, { organizationId, before, limit })).map((movement) => {
        const { sequence, createdAt, kind, creditKind, amountNanoUsd, reason, actor } = movement;
        const what = { movement: kind, creditKind, amountNanoUsd, reason, byUserId: actor };
        return { kind: 'ledger' as const, id: String(sequence), at: createdAt, ...what };
      }),
  key:
    ({ database }, { organizationId }) =>
    async (before, limit) =>
      (await listOrganizationAudit(database, { organizationId, part: 'keys', before, limit })).map(asEntry('key')),
  usage:
    ({ database }, { organizationId }) =>
    async (before, limit) =>
      (await listUsageDays(database, { organizationId, before: before && utcDay(before.at), limit })).map(usageEntry),
  mail:
    ({ database }, { organizationId, members }) =>
    async (before, limit) => {
      const addresses = members.map(({ email }) => email);
      const mails = await listMailsBefore(database, { organizationId, addresses, before, limit });
      return mails.map(({ id, createdAt, to, subject, state }) => {
        return { kind: 'mail' as const, id, at: createdAt, to, subject, state };
      });
    },
  signIn:
    ({ database }, { members }) =>
    async (before, limit) => {
      const userIds = members.map(({ id }) => id);
      return (await listPersonAudit(database, { userIds, part: 'signIns', before, limit })).map(asEntry('signIn'));
    },
  account:
    ({ database }, { members }) =>
    async (before, limit) => {
      const userIds = members.map(({ id }) => id);
      return (await listPersonAudit(database, { userIds, part: 'accounts', before, limit })).map(asEntry('account'));
    },
  change:
    ({ database }, { organizationId }) =>
    async (before, limit) =>
      (await listOrganizationAudit(database, { organizationId, part: 'changes', before, limit })).map(
        asEntry('change'),
      ),
  look:
    ({ database }, { organizationId }) =>
    async (before, limit) =>
      (await listOrganizationAudit(database, { organizationId, part: 'looks', before, limit })).map(asEntry('look')),
} as const satisfies Sources;

/** Anything that stands in a timeline. */
export type TimelineEntry = Awaited<ReturnType<ReturnType<(typeof timelineReads)[TimelineKind]>>>[number];

/** An audit row with what staff are told of its detail: a reason, a name, a way to sign in. */
function asEntry<Kind extends TimelineKind>(kind: Kind) {
  return ({ id, at, actorUserId, action, target, detail, address }: AuditRow) => ({
    ...{ kind, id: String(id), at, byUserId: actorUserId, action, target, address },
    ...{ reason: textOf(detail?.['reason']), name: textOf(detail?.['name']), method: textOf(detail?.['method']) },
  });
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const dayMs = 24 * 60 * 60 * 1_000;
const utcDay = (at: Date): string => at.toISOString().slice(0, 'YYYY-MM-DD'.length);

/** A day stands at its own end: above all that happened in it. */
function usageEntry({ day, requests, errors, chargeNanoUsd }: UsageDay) {
  const at = new Date(Date.parse(`${day}T00:00:00Z`) + dayMs - 1);
  return { kind: 'usage' as const, id: day, at, requests, errors, chargeNanoUsd };
}
