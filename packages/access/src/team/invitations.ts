import { createHash, randomBytes } from 'node:crypto';
import type { PrismaSession } from '@ai-bridge/db';
import { newId } from '@ai-bridge/domain';
import { AccessError } from '../access-error.ts';
import { type Actor, writeAudit } from '../audit.ts';
import { readEmail } from '../people/email.ts';
import { type OrganizationRole, readOrganizationRole } from '../permissions.ts';
import { lockOrganization } from './lock-organization.ts';

/** How long the link of an invitation is good. */
export const invitationLifeMs = 7 * 24 * 60 * 60_000;
/** Invitations of an organization that wait for an answer. */
export const maxOpenInvitations = 50;
const tokenBytes = 32;
export const maxInvitationTokenLength = 64;

const open = { acceptedAt: null, withdrawnAt: null } as const;

export interface NewInvitation {
  readonly organizationId: string;
  readonly email: string;
  readonly role: OrganizationRole;
  /** In which language they are written to. */
  readonly locale: 'zh' | 'en';
  readonly actor: Actor & { readonly userId: string };
  readonly now: Date;
}

/** What goes into the mail. */
export interface SentInvitation {
  readonly id: string;
  readonly email: string;
  readonly role: OrganizationRole;
  readonly locale: 'zh' | 'en';
  /** Only its hash is stored. */
  readonly token: string;
}

/**
 * Asks an address to join, in the caller's transaction; asked again while it has not answered, it gets a new link and the role named last.
 * It takes the same steps whoever has an account. Throws AccessError: email_invalid, member_already, invitation_limit_reached, not_found.
 */
export async function inviteMember(session: PrismaSession, invitation: NewInvitation): Promise<SentInvitation> {
  const { organizationId, role, locale, actor, now } = invitation;
  const email = readEmail(invitation.email);
  await lockOrganization(session, organizationId);
  const member = await session.member.findFirst({
    where: { organizationId, user: { email } },
    select: { userId: true },
  });
  if (member) throw new AccessError('member_already', 'this address is a member’s already', 'email');
  const before = await session.invitation.findFirst({
    where: { organizationId, email, ...open },
    select: { id: true },
  });
  if (!before && (await session.invitation.count({ where: { organizationId, ...open } })) >= maxOpenInvitations)
    throw new AccessError('invitation_limit_reached', `expected at most ${maxOpenInvitations} open invitations`);
  const id = before?.id ?? newId('ivt', now.getTime());
  const token = newToken();
  const sent = { role, locale, ...sentAt(token, now), invitedByUserId: actor.userId };
  if (before) await session.invitation.update({ where: { id }, data: sent });
  else await session.invitation.create({ data: { id, organizationId, email, createdAt: now, ...sent } });
  const action = before ? 'invitation.resend' : 'invitation.create';
  await writeAudit(session, actor, { action, target: id, organizationId, detail: { role } });
  return { id, email, role, locale, token };
}

interface InvitationOfOrganization {
  readonly organizationId: string;
  readonly invitationId: string;
  readonly actor: Actor;
  readonly now: Date;
}

/** A new link in the place of the old one. Throws AccessError('not_found'). */
export async function renewInvitation(session: PrismaSession, of: InvitationOfOrganization): Promise<SentInvitation> {
  const { organizationId, invitationId: id, actor, now } = of;
  await lockOrganization(session, organizationId);
  const found = await session.invitation.findFirst({ where: { id, organizationId, ...open } });
  if (!found) throw new AccessError('not_found', 'no such open invitation');
  const token = newToken();
  await session.invitation.update({ where: { id }, data: sentAt(token, now) });
  await writeAudit(session, actor, { action: 'invitation.resend', target: id, organizationId });
  return { id, email: found.email, role: roleOf(found.role), locale: found.locale === 'en' ? 'en' : 'zh', token };
}

/** Makes an invitation's link worthless; done again, nothing happens. Throws AccessError('not_found') where it was accepted, or never was. */
export async function withdrawInvitation(session: PrismaSession, of: InvitationOfOrganization): Promise<void> {
  const { organizationId, invitationId: id, actor, now } = of;
  await lockOrganization(session, organizationId);
  const found = await session.invitation.findFirst({ where: { id, organizationId, acceptedAt: null } });
  if (!found) throw new AccessError('not_found', 'no such open invitation');
  if (found.withdrawnAt) return;
  await session.invitation.update({ where: { id }, data: { withdrawnAt: now } });
  await writeAudit(session, actor, { action: 'invitation.withdraw', target: id, organizationId });
}

/** An invitation that waits for an answer, as owners see it. */
export interface OpenInvitation {
  readonly id: string;
  readonly email: string;
  readonly role: OrganizationRole;
  readonly sentAt: Date;
  readonly expiresAt: Date;
}

/** Open invitations, newest first; those whose link has run out can be sent again. */
export async function listInvitations(session: PrismaSession, organizationId: string): Promise<OpenInvitation[]> {
  const rows = await session.invitation.findMany({
    where: { organizationId, ...open },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: maxOpenInvitations,
    select: { id: true, email: true, role: true, sentAt: true, expiresAt: true },
  });
  return rows.map((row) => ({ ...row, role: roleOf(row.role) }));
}

/** What the holder of a link is told before they answer. */
export interface FoundInvitation {
  readonly id: string;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly email: string;
  readonly role: OrganizationRole;
  readonly locale: 'zh' | 'en';
  /** Who accepted it; undefined: it is open. */
  readonly acceptedByUserId: string | undefined;
}

/** The invitation whose link this is. Throws AccessError('invitation_invalid') where it ran out, was withdrawn or replaced, or its organization is closed. */
export async function findInvitation(session: PrismaSession, token: string, now: Date): Promise<FoundInvitation> {
  const row = await session.invitation.findUnique({
    where: { tokenHash: hashOf(token) },
    include: { organization: { select: { name: true, status: true } } },
  });
  if (!row || row.withdrawnAt || row.organization.status !== 'active') throw invalidInvitation();
  if (!row.acceptedByUserId && row.expiresAt <= now) throw invalidInvitation();
  return {
    ...{ id: row.id, organizationId: row.organizationId, organizationName: row.organization.name },
    ...{ email: row.email, role: roleOf(row.role), locale: row.locale === 'en' ? 'en' : 'zh' },
    acceptedByUserId: row.acceptedByUserId ?? undefined,
  };
}

export function invalidInvitation(): AccessError {
  return new AccessError(
    'invitation_invalid',
    'this invitation was used already, has run out, was withdrawn or was sent anew',
  );
}

const newToken = (): string => randomBytes(tokenBytes).toString('base64url');

const sentAt = (token: string, now: Date) => ({
  tokenHash: hashOf(token),
  sentAt: now,
  expiresAt: new Date(now.getTime() + invitationLifeMs),
});

/** The CHECK on the column knows the same roles; the least one stands for whatever else. */
const roleOf = (text: string): OrganizationRole => readOrganizationRole(text) ?? 'viewer';

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
