import type { PrismaClient, PrismaSession } from '@ai-bridge/db';
import { type Limits, newId } from '@ai-bridge/domain';
import { AccessError } from '../access-error.ts';
import { type Actor, writeAudit } from '../audit.ts';
import { readName } from '../names.ts';
import type { StaffRole } from '../permissions.ts';
import { isUniqueViolation } from '../unique-violation.ts';
import { normalizeEmail, readEmail } from './email.ts';
import { decoyPasswordHash, hashPassword, needsRehash, verifyPassword } from './password.ts';

export interface Registration {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly locale?: string | undefined;
  /** Only for whoever sets up the site; no form of the public offers it. */
  readonly staffRole?: StaffRole | undefined;
  /** What their organization may use up at most; undefined: no caps. */
  readonly limits?: Limits | undefined;
  /** An operator vouches for the address. */
  readonly emailVerifiedAt?: Date | undefined;
  readonly actor?: Actor | undefined;
  /** What else belongs into the transaction. */
  readonly also?: (session: PrismaSession, made: { userId: string; organizationId: string }) => Promise<void>;
}

/**
 * Makes a user and the organization they own, in one transaction.
 * Throws AccessError: email_invalid, email_taken, name_invalid, password_invalid.
 */
export async function registerUser(
  prisma: PrismaClient,
  registration: Registration,
): Promise<{ userId: string; organizationId: string }> {
  const email = readEmail(registration.email);
  const name = readName(registration.name);
  const passwordHash = await hashPassword(registration.password);
  try {
    return await prisma.$transaction(async (session) => {
      const made = await createUserWithOrganization(session, { ...registration, email, name, passwordHash });
      await registration.also?.(session, made);
      return made;
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new AccessError('email_taken', 'this e-mail address has an account already');
    throw error;
  }
}

/** Adds a user and the organization they own to the transaction. A taken address is the database's unique violation. */
export async function createUserWithOrganization(
  session: PrismaSession,
  person: NewUser & { readonly limits?: Limits | undefined },
): Promise<{ userId: string; organizationId: string }> {
  const { name, actor } = person;
  const userId = await createUser(session, person);
  const organizationId = newId('org');
  await session.organization.create({ data: { id: organizationId, name, limits: { ...person.limits } } });
  await session.member.create({ data: { organizationId, userId, role: 'owner' } });
  await writeAudit(session, actor, { action: 'organization.create', target: organizationId, organizationId });
  return { userId, organizationId };
}

export interface NewUser {
  /** Normalised already. */
  readonly email: string;
  readonly name: string;
  readonly passwordHash?: string | undefined;
  readonly locale?: string | undefined;
  readonly staffRole?: StaffRole | undefined;
  readonly emailVerifiedAt?: Date | undefined;
  readonly actor?: Actor | undefined;
}

/** Adds a user row and its audit row to the transaction; returns the id. */
export async function createUser(session: PrismaSession, user: NewUser): Promise<string> {
  const id = newId('usr');
  await session.user.create({
    data: {
      id,
      email: user.email,
      name: user.name,
      passwordHash: user.passwordHash ?? null,
      locale: user.locale ?? null,
      staffRole: user.staffRole ?? null,
      emailVerifiedAt: user.emailVerifiedAt ?? null,
    },
  });
  await writeAudit(session, user.actor, {
    action: 'user.create',
    target: id,
    ...(user.staffRole ? { detail: { staffRole: user.staffRole } } : {}),
  });
  return id;
}

export interface SignedInUser {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly locale: string | null;
  readonly staffRole: string | null;
}

/**
 * The user with this e-mail address and password, or undefined: an unknown address, a wrong password and a suspended
 * user look alike and take the same time.
 */
export async function authenticateUser(
  prisma: PrismaClient,
  credentials: { readonly email: string; readonly password: string },
): Promise<SignedInUser | undefined> {
  const email = normalizeEmail(credentials.email);
  const user = email === undefined ? null : await prisma.user.findUnique({ where: { email } });
  const matches = await verifyPassword(user?.passwordHash ?? decoyPasswordHash, credentials.password);
  if (!user?.passwordHash || !matches || user.status !== 'active') return undefined;
  if (needsRehash(user.passwordHash)) {
    const passwordHash = await hashPassword(credentials.password);
    await prisma.user.updateMany({ where: { id: user.id, passwordHash: user.passwordHash }, data: { passwordHash } });
  }
  return { id: user.id, email: user.email, name: user.name, locale: user.locale, staffRole: user.staffRole };
}
