import type { PrismaClient, PrismaSession } from '@ai-bridge/db';
import { type CatalogActor, writeAudit } from './audit.ts';

/** What the first set-up consists of, in its order. Whether a step is done is a matter of fact, and stored nowhere. */
export const welcomeSteps = ['administrator', 'site', 'mail', 'payments', 'channel', 'model', 'request'] as const;
export type WelcomeStep = (typeof welcomeSteps)[number];

/** What can be passed over: a step, or all that is left. */
export const welcomeSkips = [...welcomeSteps, 'all'] as const;
export type WelcomeSkip = (typeof welcomeSkips)[number];

/** What somebody passed over. */
export async function readWelcomeSkips(session: PrismaSession): Promise<ReadonlySet<WelcomeSkip>> {
  const rows = await session.welcomeSkip.findMany();
  return new Set(welcomeSkips.filter((step) => rows.some((row) => row.step === step)));
}

/** Passes a step over, or comes back to it. */
export async function setWelcomeSkip(
  prisma: PrismaClient,
  { step, isSkipped }: { readonly step: WelcomeSkip; readonly isSkipped: boolean },
  actor: CatalogActor,
): Promise<void> {
  await prisma.$transaction(async (session) => {
    const { count } = isSkipped
      ? await session.welcomeSkip.createMany({ data: { step, byUserId: actor.userId ?? null }, skipDuplicates: true })
      : await session.welcomeSkip.deleteMany({ where: { step } });
    if (count > 0) await writeAudit(session, actor, isSkipped ? 'welcome.skip' : 'welcome.resume', step);
  });
}
