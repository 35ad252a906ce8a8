import { writeAudit } from '@ai-bridge/access';
import { newId } from '@ai-bridge/domain';
import { z } from 'zod';
import { bothLanguages, needEachLanguage } from '#server/both-languages-input.ts';
import { refuse } from '#server/errors.ts';
import { authorized, router, staffOnly } from '#server/trpc.ts';
import { incidentStates, maxAffected, maxTitleCharacters, maxUpdateCharacters } from '../incident.ts';
import { findIncident, incidentsTouching, listIncidents, maxUpdates } from './read-incidents.ts';

const maxModels = 1_000;
const id = z.string().min(1).max(64);
const affected = z.array(z.string().min(1).max(200)).max(maxAffected);
const about = { title: bothLanguages(maxTitleCharacters), models: affected, providers: affected };
const state = z.enum(incidentStates);
const text = bothLanguages(maxUpdateCharacters);

export const incidentRouter = router({
  /** The open incidents that touch the organization: about models that it used in the last 7 days. */
  touching: authorized('usage.read').query(({ ctx: { deps, organizationId } }) =>
    incidentsTouching(deps, organizationId, new Date(deps.clock.now())),
  ),

  /** What /status tells, for the desk; and what an incident can be about. */
  list: staffOnly('incident.read').query(async ({ ctx: { deps } }) => {
    const [incidents, models] = await Promise.all([
      listIncidents(deps.prisma, new Date(deps.clock.now())),
      deps.prisma.model.findMany({
        where: { enabled: true },
        orderBy: { id: 'asc' },
        select: { id: true, provider: true },
        take: maxModels,
      }),
    ]);
    const providers = [...new Set(models.map(({ provider }) => provider))].sort();
    return { incidents, models: models.map((model) => model.id), providers };
  }),

  read: staffOnly('incident.read')
    .input(z.object({ id }))
    .query(async ({ ctx: { deps }, input }) => {
      const incident = await findIncident(deps.prisma, input.id);
      if (!incident) throw refuse('not_found');
      return incident;
    }),

  /** Tells of an incident, with its first update. */
  open: staffOnly('incident.manage')
    .input(z.object({ ...about, state, text, startedAt: z.date() }))
    .mutation(async ({ ctx: { deps, actor }, input }) => {
      await needEachLanguage(deps, input.title, input.text);
      const now = new Date(deps.clock.now());
      const incidentId = newId('inc', now.getTime());
      const startedAt = input.startedAt > now ? now : input.startedAt;
      await deps.prisma.$transaction(async (session) => {
        await session.incident.create({
          data: {
            ...{ id: incidentId, startedAt, state: input.state, models: input.models, providers: input.providers },
            ...{ titleZh: input.title.zh, titleEn: input.title.en },
            resolvedAt: input.state === 'resolved' ? now : null,
            updates: {
              create: { id: newId('inu', now.getTime()), at: now, state: input.state, ...columnsOf(input.text) },
            },
          },
        });
        const detail = { title: input.title, models: input.models, providers: input.providers, state: input.state };
        await writeAudit(session, actor, { action: 'incident.open', target: incidentId, detail });
      });
      return { id: incidentId };
    }),

  /** Corrects what it is about. */
  edit: staffOnly('incident.manage')
    .input(z.object({ id, ...about }))
    .mutation(async ({ ctx: { deps, actor }, input: { id: target, title, models, providers } }) => {
      await needEachLanguage(deps, title);
      await deps.prisma.$transaction(async (session) => {
        const columns = { titleZh: title.zh, titleEn: title.en, models, providers };
        const before = await session.incident.findUnique({ where: { id: target } });
        if (!before) throw refuse('not_found');
        await session.incident.update({ where: { id: target }, data: columns });
        const from = {
          title: { zh: before.titleZh, en: before.titleEn },
          models: before.models,
          providers: before.providers,
        };
        const detail = { from, to: { title, models, providers } };
        await writeAudit(session, actor, { action: 'incident.edit', target, detail });
      });
    }),

  /** Says how it goes on. A resolved one is closed: what comes after it is a new incident. */
  update: staffOnly('incident.manage')
    .input(z.object({ id, state, text }))
    .mutation(async ({ ctx: { deps, actor }, input: { id: target, ...input } }) => {
      await needEachLanguage(deps, input.text);
      const at = new Date(deps.clock.now());
      await deps.prisma.$transaction(async (session) => {
        const resolvedAt = input.state === 'resolved' ? at : null;
        // One statement, so that of two people only one resolves it.
        const { count } = await session.incident.updateMany({
          where: { id: target, resolvedAt: null },
          data: { state: input.state, resolvedAt },
        });
        if (count === 0) throw refuse((await findIncident(deps.prisma, target)) ? 'incident_closed' : 'not_found');
        if ((await session.incidentUpdate.count({ where: { incidentId: target } })) >= maxUpdates)
          throw refuse('incident_closed');
        const update = { id: newId('inu', at.getTime()), at, state: input.state, ...columnsOf(input.text) };
        await session.incidentUpdate.create({ data: { ...update, incidentId: target } });
        await writeAudit(session, actor, { action: 'incident.update', target, detail: input });
      });
    }),
});

function columnsOf(texts: z.output<typeof text>) {
  return { textZh: texts.zh, textEn: texts.en };
}
