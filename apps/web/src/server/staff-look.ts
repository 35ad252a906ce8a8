import { createHash } from 'node:crypto';
import { type Actor, writeAudit } from '@ai-bridge/access';
import { TRPCError } from '@trpc/server';
import type { Context } from './context.ts';
import type { Deps } from './deps.ts';

/** The action of an audit row that says why somebody of the staff looks into a customer's affairs. */
const reasonAction = 'staff.reason';
const viewAction = 'staff.view';

/** A call of somebody of the staff. */
export interface StaffCall {
  readonly deps: Deps;
  readonly session: NonNullable<Context['session']>;
  readonly actor: Actor;
}

/** What staff looked at, in the customer's audit log. */
export function writeLook(
  { deps, actor }: Pick<StaffCall, 'deps' | 'actor'>,
  { target, organizationId }: { readonly target: string; readonly organizationId: string },
): Promise<void> {
  return writeAudit(deps.prisma, actor, { action: viewAction, target, organizationId });
}

/**
 * A customer's requests, receipts and mails are opened for a reason: stated once per customer, sign-in and UTC day, and written to the audit log.
 * Members of the organization need none.
 * @throws look_reason_needed, which names the organization
 */
export async function needLookReason({ deps, session }: StaffCall, organizationId: string): Promise<void> {
  if (session.memberships.some((membership) => membership.organizationId === organizationId)) return;
  const stated = await deps.prisma.auditLog.findFirst({
    where: {
      ...{ organizationId, action: reasonAction, actorUserId: session.user.id, at: { gte: dayStart(deps) } },
      detail: { path: ['signIn'], equals: signInOf(session.sessionId) },
    },
    select: { id: true },
  });
  if (stated) return;
  const cause = new LookReasonNeeded(organizationId);
  throw new TRPCError({ code: 'PRECONDITION_FAILED', message: 'look_reason_needed', cause });
}

/** Writes down why somebody looks. It holds for the rest of the day in this sign-in. */
export function stateLookReason(
  { deps, session, actor }: StaffCall,
  { organizationId, reason }: { readonly organizationId: string; readonly reason: string },
): Promise<void> {
  const detail = { reason, signIn: signInOf(session.sessionId) };
  return writeAudit(deps.prisma, actor, { action: reasonAction, target: organizationId, organizationId, detail });
}

/** Carries whose affairs they are, so that a page can ask for the reason. */
class LookReasonNeeded extends Error {
  readonly organizationId: string;
  constructor(organizationId: string) {
    super('say why you look');
    this.organizationId = organizationId;
  }
}

/** The organization that an error asks a reason for. */
export function lookReasonOrganization({ cause }: TRPCError): string | undefined {
  return cause instanceof LookReasonNeeded ? cause.organizationId : undefined;
}

const shownCharacters = 22;
/** A session's id is what a cookie carries: the log knows its hash alone. */
const signInOf = (sessionId: string): string =>
  createHash('sha256').update(sessionId).digest('base64url').slice(0, shownCharacters);

function dayStart({ clock }: Pick<Deps, 'clock'>): Date {
  return new Date(new Date(clock.now()).setUTCHours(0, 0, 0, 0));
}
