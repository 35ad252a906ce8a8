import type { Database, Prisma, PrismaClient } from '@ai-bridge/db';
import { dailyUsage } from '@ai-bridge/usage';
import { type IncidentState, type IncidentView, touches } from '../incident.ts';

const dayMs = 24 * 60 * 60_000;
/** How long a resolved incident is told. */
export const incidentHistoryDays = 90;
/** How far back a customer's use of a model counts. */
const usedWithinDays = 7;
/** The most incidents, and updates of one, that are told. */
const maxIncidents = 100;
export const maxUpdates = 100;

const withUpdates = { updates: { orderBy: [{ at: 'desc' as const }, { id: 'desc' as const }], take: maxUpdates } };

/** What is open and what was resolved in the last 90 days: open ones first, then the newest. */
export async function listIncidents(prisma: PrismaClient, now: Date): Promise<IncidentView[]> {
  const since = new Date(now.getTime() - incidentHistoryDays * dayMs);
  const rows = await prisma.incident.findMany({
    where: { OR: [{ resolvedAt: null }, { resolvedAt: { gte: since } }] },
    // In Postgres what is not there sorts after everything, so descending it comes first.
    orderBy: [{ resolvedAt: { sort: 'desc', nulls: 'first' } }, { startedAt: 'desc' }, { id: 'desc' }],
    take: maxIncidents,
    include: withUpdates,
  });
  return rows.map(incidentView);
}

/** One incident, whatever its age. */
export async function findIncident(prisma: PrismaClient, id: string): Promise<IncidentView | undefined> {
  const row = await prisma.incident.findUnique({ where: { id }, include: withUpdates });
  return row ? incidentView(row) : undefined;
}

interface Reads {
  readonly prisma: PrismaClient;
  readonly database: Database;
}

/** The open incidents that are about models this organization used in the last 7 days. */
export async function incidentsTouching(
  { prisma, database }: Reads,
  organizationId: string,
  now: Date,
): Promise<IncidentView[]> {
  const open = await prisma.incident.findMany({
    where: { resolvedAt: null },
    orderBy: { startedAt: 'desc' },
    take: maxIncidents,
    include: withUpdates,
  });
  if (open.length === 0) return [];
  const from = new Date(now.getTime() - (usedWithinDays - 1) * dayMs);
  const days = await dailyUsage(database, { organizationId, from, to: now });
  const ids = [...new Set(days.map(({ model }) => model))];
  const models = await prisma.model.findMany({ where: { id: { in: ids } }, select: { id: true, provider: true } });
  const providers = new Map(models.map(({ id, provider }) => [id, provider]));
  const used = ids.map((model) => ({ model, provider: providers.get(model) }));
  return open.map(incidentView).filter((incident) => touches(incident, used));
}

type Row = Prisma.IncidentGetPayload<{ include: typeof withUpdates }>;

function incidentView({
  id,
  titleZh,
  titleEn,
  state,
  models,
  providers,
  startedAt,
  resolvedAt,
  updates,
}: Row): IncidentView {
  return {
    ...{ id, models, providers, startedAt, resolvedAt },
    title: { zh: titleZh, en: titleEn },
    state: state as IncidentState,
    updates: updates.map(({ id: updateId, at, state: then, textZh, textEn }) => ({
      ...{ id: updateId, at, state: then as IncidentState },
      text: { zh: textZh, en: textEn },
    })),
  };
}
