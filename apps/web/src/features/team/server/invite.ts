import {
  type Actor,
  inviteMember,
  type OrganizationRole,
  renewInvitation,
  type SentInvitation,
  withdrawInvitation,
} from '@ai-bridge/access';
import { type PrismaSession, sqlOf } from '@ai-bridge/db';
import { newId } from '@ai-bridge/domain';
import { invitationMail, queueMail, readMailSite } from '@ai-bridge/mail';
import type { Context } from '#server/context.ts';
import { refuse } from '#server/errors.ts';

/** A call of an owner about the organization at hand. */
interface OwnerCall {
  readonly deps: Context['deps'];
  readonly session: NonNullable<Context['session']>;
  readonly organizationId: string;
  readonly actor: Actor;
}

/** Mails somebody a link to join. What happens, and what is answered, is the same whoever has an account. @throws AccessError; too_many_attempts */
export async function invite(
  call: OwnerCall,
  input: { readonly email: string; readonly role: OrganizationRole; readonly locale: 'zh' | 'en' },
): Promise<void> {
  const { deps, organizationId } = call;
  await admit(call);
  const now = new Date(deps.clock.now());
  const actor = { ...call.actor, userId: call.session.user.id };
  await deps.prisma.$transaction(async (tx) => {
    await mailInvitation(tx, call, await inviteMember(tx, { ...input, organizationId, actor, now }), now);
  });
}

/** Mails a new link; the one before stops working. @throws AccessError('not_found'); too_many_attempts */
export async function resendInvitation(call: OwnerCall, invitationId: string): Promise<void> {
  const { deps, organizationId, actor } = call;
  await admit(call);
  const now = new Date(deps.clock.now());
  await deps.prisma.$transaction(async (tx) => {
    await mailInvitation(tx, call, await renewInvitation(tx, { organizationId, invitationId, actor, now }), now);
  });
}

/** @throws AccessError('not_found') */
export async function withdraw(
  { deps, organizationId, actor }: OwnerCall,
  { invitationId }: { readonly invitationId: string },
): Promise<void> {
  const now = new Date(deps.clock.now());
  await deps.prisma.$transaction((tx) => withdrawInvitation(tx, { organizationId, invitationId, actor, now }));
}

/** Invitations are mails to strangers: an organization sends so many a day. */
async function admit({ deps, organizationId }: OwnerCall): Promise<void> {
  if (!(await deps.accountThrottle.admit('invitationOfOrganization', organizationId)))
    throw refuse('too_many_attempts');
}

async function mailInvitation(
  tx: PrismaSession,
  { deps, session, organizationId }: OwnerCall,
  { id, email, role, locale, token }: SentInvitation,
  now: Date,
): Promise<void> {
  const organization = await tx.organization.findUniqueOrThrow({ where: { id: organizationId } });
  const sql = sqlOf(tx);
  const about = { organizationName: organization.name, inviterName: session.user.name, role, token };
  const content = invitationMail(await readMailSite(sql, deps.siteUrl), locale, about);
  await queueMail(sql, { fact: `invitation:${id}:${newId('eml')}`, to: email, organizationId, content }, now);
}
