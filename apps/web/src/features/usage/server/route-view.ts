import { type ChannelName, channelNames } from '@ai-bridge/catalog';
import type { RequestRoute } from '@ai-bridge/usage';
import type { Deps } from '#server/deps.ts';

/** A request's route with the names of channels and organization, as staff read it. */
export async function routeView({ prisma }: Pick<Deps, 'prisma'>, route: RequestRoute) {
  const { attempts, rejected, organizationId } = route;
  const [names, organization] = await Promise.all([
    channelNames(
      prisma,
      [...attempts, ...rejected].map(({ channelId }) => channelId),
    ),
    organizationName({ prisma }, organizationId),
  ]);
  const channelOf = ({ channelId }: { readonly channelId: string }): ChannelName =>
    names.get(channelId) ?? { id: channelId, name: null, isDeleted: false };
  return {
    id: route.id,
    createdAt: route.createdAt,
    organization,
    modelRequested: route.modelRequested,
    outcome: route.outcome,
    costNanoUsd: route.costNanoUsd,
    isChosen: route.isChosen,
    attempts: attempts.map((attempt) => {
      const { provider, model, status, firstByteMs, error, paidBy, ownKey = false, repair = [] } = attempt;
      return { provider, model, status, firstByteMs, error, paidBy, ownKey, repair, channel: channelOf(attempt) };
    }),
    rejected: rejected.map((rejection) => {
      const { model, reason } = rejection;
      return { model, reason, channel: channelOf(rejection) };
    }),
  };
}

/** What an organization is called; its id where it is gone. */
export async function organizationName({ prisma }: Pick<Deps, 'prisma'>, id: string) {
  const row = await prisma.organization.findUnique({ where: { id }, select: { name: true } });
  return { id, name: row?.name ?? id };
}
