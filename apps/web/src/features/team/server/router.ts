import {
  listInvitations,
  organizationRoles,
  removeMember,
  renameOrganization,
  setMemberLimits,
  setMemberRole,
  spendLimitsSchema,
} from '@ai-bridge/access';
import { z } from 'zod';
import { authorized, heldInMaintenance, router, signedInProcedure } from '#server/trpc.ts';
import { invite, resendInvitation, withdraw } from './invite.ts';
import { choose, leave, start } from './own-organizations.ts';
import { readTeam } from './read-team.ts';

const id = z.string().min(1).max(64);
const text = z.string().min(1).max(512);
const role = z.enum(organizationRoles);
const ofMember = z.object({ userId: id });
const ofInvitation = z.object({ invitationId: id });

export const teamRouter = router({
  read: authorized('member.read').query(({ ctx }) => readTeam(ctx.deps, ctx.organizationId)),

  rename: authorized('organization.update')
    .input(z.object({ name: text }))
    .mutation(async ({ ctx: { deps, organizationId, actor }, input }) => {
      await renameOrganization(deps.prisma, { organizationId, actor, name: input.name });
      deps.sessions.forgetAll();
    }),

  invitations: authorized('member.manage').query(({ ctx }) => listInvitations(ctx.deps.prisma, ctx.organizationId)),
  invite: authorized('member.manage')
    .input(z.object({ email: text, role, locale: z.enum(['zh', 'en']) }))
    .mutation(({ ctx, input: { email, role: as, locale } }) => invite(ctx, { email, role: as, locale })),
  resendInvitation: authorized('member.manage')
    .input(ofInvitation)
    .mutation(({ ctx, input }) => resendInvitation(ctx, input.invitationId)),
  withdrawInvitation: authorized('member.manage')
    .input(ofInvitation)
    .mutation(({ ctx, input }) => withdraw(ctx, input)),

  setRole: authorized('member.manage')
    .input(ofMember.extend({ role }))
    .mutation(async ({ ctx: { deps, organizationId, actor }, input }) => {
      await setMemberRole(deps.prisma, { organizationId, actor, userId: input.userId, role: input.role });
      deps.sessions.forgetAll();
    }),
  setLimits: authorized('member.manage')
    .input(ofMember.extend({ limits: spendLimitsSchema }))
    .mutation(({ ctx: { deps, organizationId, actor }, input }) =>
      setMemberLimits(deps.prisma, { organizationId, actor, userId: input.userId, limits: input.limits }),
    ),
  remove: authorized('member.manage')
    .input(ofMember.extend({ keys: z.enum(['keep', 'disable']) }))
    .mutation(async ({ ctx: { deps, organizationId, actor }, input: { userId, keys } }) => {
      const now = new Date(deps.clock.now());
      const ended = await removeMember(deps.prisma, { organizationId, actor, userId, keys, now });
      deps.sessions.forgetAll();
      return ended;
    }),

  leave: signedInProcedure
    .input(z.object({ organizationId: id }))
    .mutation(({ ctx, input }) => leave(ctx, input.organizationId)),
  choose: signedInProcedure
    .input(z.object({ organizationId: id }))
    .mutation(({ ctx, input }) => choose(ctx, input.organizationId)),
  start: signedInProcedure
    .use(heldInMaintenance)
    .input(z.object({ name: text }))
    .mutation(({ ctx, input }) => start(ctx, input.name)),
});
