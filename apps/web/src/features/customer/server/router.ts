import {
  can,
  maxNoteLength,
  type Permission,
  revokeAllApiKeys,
  setOrganizationLimits,
  setOrganizationSuspended,
  withdrawStaffNote,
  writeStaffNote,
} from '@ai-bridge/access';
import { limitsSchema } from '@ai-bridge/domain';
import { z } from 'zod';
import type { Context } from '#server/context.ts';
import { needLookReason, writeLook } from '#server/staff-look.ts';
import { router, staffOnly } from '#server/trpc.ts';
import { maxActReasonLength } from '../act-reason.ts';
import { customerParts } from '../customer-filter.ts';
import { maxSearchLength } from '../search-kind.ts';
import { type TimelineKind, timelineKindNames } from '../timeline-kind.ts';
import { listCustomers } from './list-customers.ts';
import { readCustomer } from './read-customer.ts';
import { readTimeline } from './read-timeline.ts';
import { searchCustomers } from './search-customers.ts';

const maxCursorLength = 200;
const id = z.string().min(1).max(64);
const customer = z.object({ organizationId: id });
const search = z.string().trim().max(maxSearchLength);
const cursor = z.string().max(maxCursorLength).optional();
const reason = z.string().trim().min(1).max(maxActReasonLength);

const mayOf =
  (session: NonNullable<Context['session']>) =>
  (permission: Permission): boolean =>
    can({ staffRole: session.user.staffRole }, permission);

export const customerRouter = router({
  /** What a pasted id, an e-mail or a name means. */
  search: staffOnly('organization.read')
    .input(z.object({ text: search }))
    .query(({ ctx: { deps, session }, input }) => searchCustomers(deps, input.text, mayOf(session))),

  /** All organizations, newest first. */
  list: staffOnly('organization.read')
    .input(z.object({ search: search.default(''), part: z.enum(customerParts).optional(), cursor }))
    .query(({ ctx: { deps, session }, input }) =>
      listCustomers(deps, {
        ...{ search: input.search, part: input.part, cursor: input.cursor },
        mayReadBalances: mayOf(session)('balance.read'),
      }),
    ),

  /** The head of a customer's page. Looking is written to the audit log. */
  read: staffOnly('organization.read')
    .input(customer)
    .query(async ({ ctx: { deps, session, actor }, input: { organizationId } }) => {
      const found = await readCustomer(deps, organizationId, mayOf(session));
      await writeLook({ deps, actor }, { target: organizationId, organizationId });
      return found;
    }),

  /** All that happened at a customer, newest first: for a stated reason. */
  timeline: staffOnly('organization.read')
    .input(customer.extend({ kind: z.enum(timelineKindNames as [TimelineKind]).optional(), cursor }))
    .query(async ({ ctx: { deps, session, actor }, input }) => {
      const { organizationId, kind } = input;
      await needLookReason({ deps, session, actor }, organizationId);
      return readTimeline(deps, {
        organizationId,
        kind,
        cursor: input.cursor,
        userId: session.user.id,
        may: mayOf(session),
      });
    }),

  writeNote: staffOnly('staffNote.write')
    .input(customer.extend({ text: z.string().trim().min(1).max(maxNoteLength) }))
    .mutation(({ ctx: { deps, session, actor }, input }) =>
      writeStaffNote(deps.prisma, {
        ...{ ...input, authorUserId: session.user.id, now: new Date(deps.clock.now()), actor },
      }),
    ),

  /** Takes back a note of one's own; who manages staff, any. */
  withdrawNote: staffOnly('staffNote.write')
    .input(z.object({ noteId: id }))
    .mutation(({ ctx: { deps, session, actor }, input: { noteId } }) => {
      const userId = session.user.id;
      const authorUserId = mayOf(session)('staff.manage') ? undefined : userId;
      const now = new Date(deps.clock.now());
      return withdrawStaffNote(deps.prisma, { noteId, authorUserId, byUserId: userId, now, actor });
    }),

  /** Refuses all of an organization's keys within a second, or lets them in again. */
  setSuspended: staffOnly('organization.suspend')
    .input(customer.extend({ suspended: z.boolean(), reason }))
    .mutation(async ({ ctx: { deps, actor }, input }) => {
      await setOrganizationSuspended(deps.prisma, { ...input, actor });
      deps.sessions.forgetAll();
    }),

  /** Caps all of an organization's keys together, from the next request on. */
  setLimits: staffOnly('organization.limit')
    .input(customer.extend({ limits: limitsSchema, reason }))
    .mutation(({ ctx: { deps, actor }, input }) => setOrganizationLimits(deps.prisma, { ...input, actor })),

  /** Takes all of an organization's keys away for good. @returns how many */
  revokeKeys: staffOnly('apiKey.revokeAll')
    .input(customer.extend({ reason }))
    .mutation(async ({ ctx: { deps, actor }, input }) => {
      const now = new Date(deps.clock.now());
      return { revoked: await revokeAllApiKeys(deps.prisma, { ...input, now, actor }) };
    }),
});
