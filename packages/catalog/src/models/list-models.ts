import type { PrismaSession } from '@ai-bridge/db';
import { isProtocol, type Protocol } from '@ai-bridge/domain';
import { served, takingPart } from '../channels/channel-snapshot.ts';
import { grouped } from '../grouped.ts';
import { type DatedState, datedStates } from '../prices/dated-state.ts';
import { figuresOfRow } from '../prices/figures.ts';
import { datesAhead, rowInForce } from '../prices/in-force.ts';
import { type PriceText, priceText } from '../prices/price-text.ts';
import type { PriceRow } from '../prices/set-price.ts';
import type { TakesColumns } from './takes.ts';

/** A price as staff see it. */
export interface PriceView {
  readonly id: string;
  readonly version: number;
  readonly validFrom: Date;
  /** Undefined: its row cannot be read, and the model is refused while it is in force. */
  readonly figures: PriceText | undefined;
  readonly source: string;
  /** Nobody publishes a price: it is this model's. */
  readonly copiedFrom: string | null;
  readonly createdAt: Date;
  readonly withdrawnAt: Date | null;
  readonly state: DatedState;
}

/** A channel that serves a model. */
export interface ServingChannel {
  readonly id: string;
  readonly name: string;
  readonly protocols: readonly Protocol[];
  /** What its upstream calls the model. */
  readonly upstreamModel: string;
}

export interface ModelView extends TakesColumns {
  readonly id: string;
  readonly provider: string;
  readonly displayName: string;
  readonly contextTokens: number | null;
  readonly maxOutputTokens: number | null;
  readonly aliases: readonly string[];
  readonly fallback: readonly string[];
  readonly enabled: boolean;
  /** What the configuration file says of it: changed there alone. */
  readonly fileFields: readonly string[];
  /** In force now; undefined: requests for it are refused. */
  readonly price: PriceView | undefined;
  /** When the next announced price begins. */
  readonly nextPriceAt: Date | undefined;
  /** The enabled ones. */
  readonly channels: readonly ServingChannel[];
}

/** Every model, by provider and id, with the price in force and the channels that serve it. */
export async function listModels(session: PrismaSession, now: Date): Promise<readonly ModelView[]> {
  const [models, prices, channels] = await Promise.all([
    session.model.findMany({ orderBy: [{ provider: 'asc' }, { id: 'asc' }] }),
    session.price.findMany(),
    readChannels(session),
  ]);
  const byModel = grouped(prices, ({ modelId }) => modelId);
  const open = channels.map((row) => ({ row, ...served(row, models) }));
  return models.map(({ createdAt: _, ...model }) => {
    const rows = byModel.get(model.id) ?? [];
    const inForce = rowInForce(rows, now);
    const serving = open.flatMap(({ row, models: own, servesAll }) => {
      const upstreamModel = own.get(model.id) ?? (servesAll ? model.id : undefined);
      if (upstreamModel === undefined) return [];
      return [{ id: row.id, name: row.name, protocols: row.protocols.filter(isProtocol), upstreamModel }];
    });
    const price = inForce && priceView(inForce, 'inForce');
    return { ...model, price, nextPriceAt: datesAhead(rows, now)[0], channels: serving };
  });
}

/** All prices of a model, the latest date first. */
export async function listPrices(session: PrismaSession, modelId: string, now: Date): Promise<readonly PriceView[]> {
  const rows = await session.price.findMany({
    where: { modelId },
    orderBy: [{ validFrom: 'desc' }, { version: 'desc' }],
  });
  const stateOf = datedStates(rows, now);
  return rows.map((row) => priceView(row, stateOf(row)));
}

async function readChannels(session: PrismaSession) {
  const rows = await session.channel.findMany({
    where: { enabled: true, deletedAt: null },
    orderBy: [{ priority: 'asc' }, { name: 'asc' }],
  });
  return takingPart(rows);
}

function priceView(row: PriceRow, state: DatedState): PriceView {
  const { id, version, validFrom, source, copiedFrom, createdAt, withdrawnAt } = row;
  const figures = figuresOfRow(row);
  return {
    ...{ id, version, validFrom, source, copiedFrom, createdAt, withdrawnAt, state },
    figures: figures && priceText(figures),
  };
}
