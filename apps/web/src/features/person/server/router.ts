import { findPeopleWithAccounts, revokeSessions, setStaffRole, setUserSuspended, staffRoles } from '@ai-bridge/access';
import { z } from 'zod';
import { maxActReasonLength } from '#features/customer/act-reason.ts';
import { maxSearchLength } from '#features/customer/search-kind.ts';
import { refuse } from '#server/errors.ts';
import { router, staffOnly } from '#server/trpc.ts';
import { personParts } from '../person-filter.ts';
import { actOn } from './act-on.ts';
import { sendResetByStaff } from './send-reset.ts';

const pageSize = 50;
const person = z.object({
  userId: z.string().min(1).max(64),
  reason: z.string().trim().min(1).max(maxActReasonLength),
});

export const personRouter = router({
  /** People with accounts, the newest first: all, the staff, or those shut out. */
  list: staffOnly('user.read')
    .input(
      z.object({
        search: z.string().trim().max(maxSearchLength).default(''),
        part: z.enum(personParts).optional(),
        cursor: z.object({ at: z.date(), id: z.string().max(64) }).optional(),
      }),
    )
    .query(async ({ ctx: { deps, session }, input: { search, part, cursor } }) => {
      const limit = pageSize + 1;
      const found = await findPeopleWithAccounts(deps.database, { text: search, part, before: cursor, limit });
      const people = found.slice(0, pageSize).map((one) => ({ ...one, isSelf: one.id === session.user.id }));
      const last = people.at(-1);
      return { people, nextCursor: found.length > pageSize && last ? { at: last.createdAt, id: last.id } : undefined };
    }),

  /** Shuts a person out, or lets them in again. Their organizations' keys go on. */
  setSuspended: staffOnly('user.suspend')
    .input(person.extend({ suspended: z.boolean() }))
    .mutation(async ({ ctx: { deps, session, actor }, input }) => {
      await actOn({ deps, session }, input.userId);
      await setUserSuspended(deps.prisma, { ...input, now: new Date(deps.clock.now()), actor });
      deps.sessions.forgetAll();
    }),

  /** Ends all of a person's sessions. @returns how many */
  signOut: staffOnly('user.signOut')
    .input(person)
    .mutation(async ({ ctx: { deps, session, actor }, input }) => {
      await actOn({ deps, session }, input.userId);
      const ended = await revokeSessions(deps.prisma, { ...input, actor });
      deps.sessions.forgetAll();
      return { ended };
    }),

  /** Mails a person the link that sets a new password: nobody here sees it. */
  sendReset: staffOnly('user.resetPassword')
    .input(person)
    .mutation(async ({ ctx: { deps, session, actor }, input }) => {
      const { email } = await actOn({ deps, session }, input.userId);
      if (!(await deps.accountThrottle.admit('resetOfEmail', email))) throw refuse('too_many_attempts');
      await sendResetByStaff(deps, { ...input, actor });
    }),

  /** Gives a person a role on the staff, or takes it away. Nobody's own, and one administrator stays. */
  setStaffRole: staffOnly('staff.manage')
    .input(person.extend({ staffRole: z.enum(staffRoles).nullable() }))
    .mutation(async ({ ctx: { deps, session, actor }, input }) => {
      await actOn({ deps, session }, input.userId);
      await setStaffRole(deps.prisma, { ...input, actor });
      deps.sessions.forgetAll();
    }),
});
