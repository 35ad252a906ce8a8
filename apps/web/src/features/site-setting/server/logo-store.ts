import { createHash } from 'node:crypto';
import { type Actor, writeAudit } from '@ai-bridge/access';
import type { PrismaClient } from '@ai-bridge/db';
import { refuse } from '#server/errors.ts';
import { logoMediaType } from '../logo.ts';

const id = 'logo';
const digestCharacters = 16;

export interface StoredLogo {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly digest: string;
}

/** Puts a logo in the place of the one before. @throws image_invalid */
export async function setLogo(prisma: PrismaClient, bytes: Buffer<ArrayBuffer>, actor: Actor): Promise<void> {
  const mediaType = logoMediaType(bytes);
  if (!mediaType) throw refuse('image_invalid');
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, digestCharacters);
  await prisma.$transaction(async (session) => {
    const before = await session.siteImage.findUnique({ where: { id }, select: { digest: true } });
    const columns = { mediaType, bytes, digest };
    await session.siteImage.upsert({ where: { id }, create: { id, ...columns }, update: columns });
    const detail = { from: before?.digest ?? null, to: digest };
    await writeAudit(session, actor, { action: 'setting.change', target: id, detail });
  });
}

/** Back to the mark that comes with the product. */
export async function removeLogo(prisma: PrismaClient, actor: Actor): Promise<void> {
  await prisma.$transaction(async (session) => {
    const before = await session.siteImage.findUnique({ where: { id }, select: { digest: true } });
    if (!before) return;
    await session.siteImage.delete({ where: { id } });
    const detail = { from: before.digest, to: null };
    await writeAudit(session, actor, { action: 'setting.change', target: id, detail });
  });
}

/** Where the logo is read, under an address that changes with it; null without one. */
export async function logoAddress(prisma: PrismaClient): Promise<string | null> {
  const row = await prisma.siteImage.findUnique({ where: { id }, select: { digest: true } });
  return row ? `/api/site/logo?v=${row.digest}` : null;
}

export async function readLogo(prisma: PrismaClient): Promise<StoredLogo | undefined> {
  return (await prisma.siteImage.findUnique({ where: { id } })) ?? undefined;
}
