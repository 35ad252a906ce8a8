import type { PrismaSession } from '@ai-bridge/db';
import { isProtocol, type Price, type Protocol, protocols, type Takes } from '@ai-bridge/domain';
import { served, takingPart } from '../channels/channel-snapshot.ts';
import { basisPointsAt } from '../groups/group-snapshot.ts';
import { takesOf } from '../models/takes.ts';
import { priceOfRow } from '../prices/figures.ts';
import { datesAhead, rowInForce } from '../prices/in-force.ts';
import type { PriceRow } from '../prices/set-price.ts';

/** A model as everyone may know it before they buy. It names no channel. */
export interface OfferedModel {
  readonly id: string;
  readonly provider: string;
  readonly displayName: string;
  readonly contextTokens: number | undefined;
  readonly maxOutputTokens: number | undefined;
  readonly takes: Takes;
  /** Other names that it answers to. */
  readonly aliases: readonly string[];
  /** Public ids of models on offer, tried in order when every channel of this one fails. */
  readonly fallback: readonly string[];
  readonly createdAt: Date;
  /** The list price in force. */
  readonly price: Price;
  /** Where its figures come from. */
  readonly priceSource: string;
  readonly priceSince: Date;
  /** Prices that have been announced, by date: the next one is next. */
  readonly announced: readonly { readonly validFrom: Date; readonly price: Price }[];
  /** What is spoken by those who answer for it, so that bytes pass unchanged; empty: nobody serves it just now. */
  readonly protocols: readonly Protocol[];
}

/** A group of keys that customers may choose, and what list prices are multiplied by in it. */
export interface OfferedTerms {
  readonly id: string;
  readonly displayName: string;
  readonly multiplierBasisPoints: number;
}

export interface Offer {
  readonly models: readonly OfferedModel[];
  readonly groups: readonly OfferedTerms[];
}

/** All models with a price in force, by provider and id, and the groups that customers may choose. */
export async function listOffer(session: PrismaSession, now: Date): Promise<Offer> {
  const [models, prices, channels, groups] = await Promise.all([
    session.model.findMany({ where: { enabled: true }, orderBy: [{ provider: 'asc' }, { id: 'asc' }] }),
    session.price.findMany({ where: { model: { enabled: true } } }),
    session.channel.findMany({ where: { enabled: true } }),
    session.channelGroup.findMany({
      where: { enabled: true, offered: true },
      include: { multipliers: true },
      orderBy: { id: 'asc' },
    }),
  ]);
  const pricesOf = new Map<string, PriceRow[]>();
  for (const row of prices) pricesOf.set(row.modelId, [...(pricesOf.get(row.modelId) ?? []), row]);
  const taking = takingPart(channels).filter(({ drainingSince }) => drainingSince === null);
  const open = taking.map((row) => ({ ...row, ...served(row, models) }));

  function protocolsOf(modelId: string): readonly Protocol[] {
    const showing = groups.filter((group) => group.models.length === 0 || group.models.includes(modelId));
    const spoken = open
      .filter(({ origin, groups: own }) => origin === 'demo' || showing.some(({ id }) => own.includes(id)))
      .filter((channel) => channel.servesAll || channel.models.has(modelId))
      .flatMap((channel) => channel.protocols.filter(isProtocol));
    return protocols.filter((protocol) => spoken.includes(protocol));
  }

  const offered = models.flatMap((model): OfferedModel[] => {
    const rows = pricesOf.get(model.id) ?? [];
    const row = rowInForce(rows, now);
    const price = row && priceOfRow(row);
    if (!row || !price) return [];
    const { id, provider, displayName, contextTokens, maxOutputTokens, aliases, fallback, createdAt } = model;
    return [
      {
        ...{ id, provider, displayName, aliases, fallback, createdAt, price },
        contextTokens: contextTokens ?? undefined,
        maxOutputTokens: maxOutputTokens ?? undefined,
        takes: takesOf(model),
        priceSource: row.source,
        priceSince: row.validFrom,
        announced: datesAhead(rows, now).flatMap((validFrom) => {
          const next = rowInForce(rows, validFrom);
          const announced = next && priceOfRow(next);
          return announced ? [{ validFrom, price: announced }] : [];
        }),
        protocols: protocolsOf(id),
      },
    ];
  });
  const ids = new Set(offered.map(({ id }) => id));
  return {
    models: offered.map((model) => ({ ...model, fallback: model.fallback.filter((id) => ids.has(id)) })),
    groups: groups.map(({ id, displayName, multipliers }) => ({
      ...{ id, displayName, multiplierBasisPoints: basisPointsAt(multipliers, now) },
    })),
  };
}
