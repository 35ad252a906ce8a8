import { createHash, randomBytes } from 'node:crypto';
import type { PrismaSession } from '@ai-bridge/db';
import { AccessError } from '../access-error.ts';

export type TicketPurpose = 'verify_email' | 'change_email' | 'reset_password' | 'second_factor';

/** A link in a mail is good for so long; the second step of a sign-in is made at once. */
export const ticketLifeMs: Readonly<Record<TicketPurpose, number>> = {
  verify_email: 24 * 60 * 60_000,
  change_email: 24 * 60 * 60_000,
  reset_password: 60 * 60_000,
  second_factor: 10 * 60_000,
};
const ticketBytes = 32;
export const maxTicketLength = 64;
/** Used and expired ones stay for a while: they say from where a password was reset. */
const keptMs = 7 * 24 * 60 * 60_000;

export interface NewTicket {
  readonly userId: string;
  readonly purpose: TicketPurpose;
  /** What it is about: the address to confirm, or the user's own. */
  readonly email: string;
  readonly method?: string | undefined;
  readonly now: Date;
}

export interface Ticket {
  readonly userId: string;
  readonly purpose: TicketPurpose;
  readonly email: string;
  readonly method: string | undefined;
}

/** Makes a ticket of 256 random bits and voids the user's earlier ones of the same purpose. @returns what its holder has; only a hash is stored */
export async function issueTicket(session: PrismaSession, { now, ...ticket }: NewTicket): Promise<string> {
  const text = randomBytes(ticketBytes).toString('base64url');
  await voidTickets(session, ticket.userId, [ticket.purpose]);
  await session.ticket.create({
    data: {
      ...{ hash: hashOf(text), userId: ticket.userId, purpose: ticket.purpose, email: ticket.email },
      ...{ method: ticket.method ?? null, createdAt: now },
      expiresAt: new Date(now.getTime() + ticketLifeMs[ticket.purpose]),
    },
  });
  return text;
}

/** The ticket, still good; it stays so. Throws AccessError('ticket_invalid'). */
export async function findTicket(session: PrismaSession, text: string, purposes: readonly TicketPurpose[], now: Date) {
  const row = await session.ticket.findUnique({ where: { hash: hashOf(text) } });
  if (!row || row.usedAt || row.expiresAt <= now || !purposes.some((purpose) => purpose === row.purpose))
    throw invalid();
  return ticketOf(row);
}

export interface TicketUse {
  readonly purposes: readonly TicketPurpose[];
  readonly address: string;
  readonly now: Date;
}

/** Uses a ticket up: of many who try at once, one has it. Throws AccessError('ticket_invalid'). */
export async function spendTicket(
  session: PrismaSession,
  text: string,
  { purposes, address, now }: TicketUse,
): Promise<Ticket> {
  const hash = hashOf(text);
  const { count } = await session.ticket.updateMany({
    where: { hash, usedAt: null, expiresAt: { gt: now }, purpose: { in: [...purposes] } },
    data: { usedAt: now, usedFrom: address },
  });
  if (count === 0) throw invalid();
  return ticketOf(await session.ticket.findUniqueOrThrow({ where: { hash } }));
}

/** Makes the user's unused tickets worthless. */
export async function voidTickets(
  session: PrismaSession,
  userId: string,
  purposes: readonly TicketPurpose[],
): Promise<void> {
  await session.ticket.deleteMany({ where: { userId, usedAt: null, purpose: { in: [...purposes] } } });
}

export async function forgetOldTickets(session: PrismaSession, now: Date): Promise<void> {
  await session.ticket.deleteMany({ where: { expiresAt: { lt: new Date(now.getTime() - keptMs) } } });
}

function ticketOf(row: { userId: string; purpose: string; email: string; method: string | null }): Ticket {
  return {
    userId: row.userId,
    purpose: row.purpose as TicketPurpose,
    email: row.email,
    method: row.method ?? undefined,
  };
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

function invalid(): AccessError {
  return new AccessError('ticket_invalid', 'this link was used already, has run out, or was replaced by a newer one');
}
