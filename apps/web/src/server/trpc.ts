import { type Actor, can, type OrganizationRole, type Permission } from '@ai-bridge/access';
import { initTRPC } from '@trpc/server';
import superjson from 'superjson';
import { z } from 'zod';
import { refuseInMaintenance } from '#features/maintenance/server/refuse-in-maintenance.ts';
import type { Context } from './context.ts';
import { asRpcError, fieldOf, noticeIn, reasonOf, refuse } from './errors.ts';
import { lookReasonOrganization, needLookReason, writeLook } from './staff-look.ts';
import { needVerifiedEmail, requiresVerifiedEmail } from './verified-email.ts';

/** Who may call a procedure: anyone, anyone signed in, or who holds a permission. Each procedure carries it. */
export interface ProcedureMeta {
  readonly access: 'public' | 'signedIn' | Permission;
  /** Membership in an organization opens it to nobody. */
  readonly isStaffOnly?: boolean;
}

const t = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    transformer: superjson,
    errorFormatter: ({ shape, error, ctx }) => ({
      code: shape.code,
      message: reasonOf(error),
      data: {
        code: shape.data.code,
        httpStatus: shape.data.httpStatus,
        reason: reasonOf(error),
        field: fieldOf(error),
        requestId: ctx?.requestId,
        organizationId: lookReasonOrganization(error),
        maintenance: noticeIn(error),
      },
    }),
  });

export const { router, createCallerFactory } = t;

const wordedErrors = t.middleware(async ({ next }) => {
  const result = await next();
  const worded = result.ok ? undefined : asRpcError(result.error.cause);
  if (worded) throw worded;
  return result;
});

/** For what moves money or makes new work: it waits while something is worked on. Comes behind whoever may call is known. */
export const heldInMaintenance = t.middleware(async ({ ctx, next }) => {
  await refuseInMaintenance(ctx);
  return next();
});

const base = t.procedure.use(wordedErrors);

/** For who is not signed in yet. */
export const publicProcedure = base.meta({ access: 'public' });

/** For anyone signed in, about themselves. */
export const signedInProcedure = base.meta({ access: 'signedIn' }).use(({ ctx, next }) => {
  if (!ctx.session) throw refuse('unauthenticated');
  return next({ ctx: { session: ctx.session } });
});

/** What staff open of a customer's only for a stated reason. */
const neededLookReason: readonly Permission[] = ['usage.read', 'receipt.read', 'ledger.read'];

const organizationInput = z.object({ organizationId: z.string().min(1).max(64).optional() }).prefault({});

/**
 * For who holds the permission in the organization at hand: the one named in the input if the caller belongs to it,
 * else the one that their sign-in works in, which a session lists first. Staff may name any organization that the table lets them; looking is written to the audit log, and needs a stated reason
 * where it is at requests and what they used.
 * Whether an organization that is not the caller's exists is never told.
 */
export function authorized(permission: Permission) {
  return base
    .meta({ access: permission })
    .input(organizationInput)
    .use(async ({ ctx, input, path, type, next }) => {
      const { session } = ctx;
      if (!session) throw refuse('unauthenticated');
      const { memberships, user } = session;
      const membership = input.organizationId
        ? memberships.find(({ organizationId }) => organizationId === input.organizationId)
        : memberships[0];
      const organizationId = membership?.organizationId ?? input.organizationId;
      if (!organizationId) throw refuse('forbidden');
      const organizationRole: OrganizationRole | undefined = membership?.role;
      if (!can({ organizationRole, staffRole: user.staffRole }, permission)) throw refuse('forbidden');
      if (membership && !user.isEmailVerified && needVerifiedEmail.includes(permission)) {
        if (await requiresVerifiedEmail(ctx.deps)) throw refuse('email_unverified');
      }
      const actor: Actor = { kind: 'console', userId: user.id, address: ctx.address, requestId: ctx.requestId };
      if (!membership) {
        const call = { deps: ctx.deps, session, actor };
        if (neededLookReason.includes(permission)) await needLookReason(call, organizationId);
        if (type === 'query') await writeLook(call, { target: path, organizationId });
      }
      return next({ ctx: { session, organizationId, actor } });
    });
}

/** For staff who hold the permission, about the site itself and no organization. */
export function staffOnly(permission: Permission) {
  return base.meta({ access: permission, isStaffOnly: true }).use(({ ctx, next }) => {
    const { session } = ctx;
    if (!session) throw refuse('unauthenticated');
    if (!can({ staffRole: session.user.staffRole }, permission)) throw refuse('forbidden');
    const actor: Actor = { kind: 'console', userId: session.user.id, address: ctx.address, requestId: ctx.requestId };
    return next({ ctx: { session, actor } });
  });
}
