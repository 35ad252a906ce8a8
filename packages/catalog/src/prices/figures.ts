import { type Price, type PriceTier, type RatePercents, rates, type TokenPrices } from '@ai-bridge/domain';
import { z } from 'zod';

/** What a price row says, apart from which row it is. All amounts in nano-USD (per million tokens; fees per request and per search). */
export interface PriceFigures extends TokenPrices {
  readonly requestFee: bigint;
  readonly webSearch?: bigint | undefined;
  readonly ratePercents?: RatePercents | undefined;
  readonly tiers: readonly PriceTier[];
}

/** The columns of a price row that figures are read from. */
export interface FiguresRow {
  readonly input: bigint;
  readonly output: bigint;
  readonly cacheRead: bigint | null;
  readonly cacheWrite5m: bigint | null;
  readonly cacheWrite1h: bigint | null;
  readonly requestFee: bigint;
  readonly webSearch: bigint | null;
  readonly ratePercents: unknown;
  readonly tiers: unknown;
}

const kinds = ['input', 'output', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h'] as const;

const storedAmount = z
  .string()
  .regex(/^\d{1,18}$/)
  .transform(BigInt)
  .optional();
const storedTiers = z.array(
  z.object({
    aboveTokens: z.int().min(1),
    input: storedAmount,
    output: storedAmount,
    cacheRead: storedAmount,
    cacheWrite5m: storedAmount,
    cacheWrite1h: storedAmount,
  }),
);

/** The largest percent that a rate may cost: a hundredfold is a mistake. */
export const maxRatePercent = 10_000;
const percent = z.int().min(1).max(maxRatePercent).optional();
const storedPercents = z.strictObject({
  batch: percent,
  flex: percent,
  priority: percent,
  fast: percent,
  us: percent,
});

/** Figures as columns of a price row; the tiers' amounts become decimal strings, since JSON has no bigint. */
export function figuresColumns(figures: PriceFigures) {
  return {
    input: figures.input,
    output: figures.output,
    cacheRead: figures.cacheRead ?? null,
    cacheWrite5m: figures.cacheWrite5m ?? null,
    cacheWrite1h: figures.cacheWrite1h ?? null,
    requestFee: figures.requestFee,
    webSearch: figures.webSearch ?? null,
    ratePercents: namedPercents(figures.ratePercents ?? {}),
    tiers: figures.tiers.map((tier) => {
      const amounts = kinds.flatMap((kind) => (tier[kind] === undefined ? [] : [[kind, tier[kind].toString()]]));
      return { aboveTokens: tier.aboveTokens, ...Object.fromEntries(amounts) };
    }),
  };
}

/** The figures of a row; undefined when its tiers or rates cannot be read, so that the model is refused and not misbilled. */
export function figuresOfRow(row: FiguresRow): PriceFigures | undefined {
  const tiers = storedTiers.safeParse(row.tiers);
  const percents = storedPercents.safeParse(row.ratePercents);
  if (!tiers.success || !percents.success) return undefined;
  return {
    input: row.input,
    output: row.output,
    cacheRead: row.cacheRead ?? undefined,
    cacheWrite5m: row.cacheWrite5m ?? undefined,
    cacheWrite1h: row.cacheWrite1h ?? undefined,
    requestFee: row.requestFee,
    webSearch: row.webSearch ?? undefined,
    ratePercents: percents.data,
    tiers: orderTiers(tiers.data),
  };
}

/** A row as the price that requests are charged by. */
export function priceOfRow(
  row: FiguresRow & { readonly id: string; readonly modelId: string; readonly version: number },
): Price | undefined {
  const figures = figuresOfRow(row);
  return figures && { ...figures, id: row.id, modelId: row.modelId, version: row.version };
}

/** The percents that are named, in the rates' own order, so that the same ones are the same text. */
function namedPercents(percents: RatePercents): Record<string, number> {
  return Object.fromEntries(rates.flatMap((rate) => (percents[rate] === undefined ? [] : [[rate, percents[rate]]])));
}

/** A tier whose kinds may be named without a value. */
type LooseTier = { readonly aboveTokens: number } & { readonly [kind in (typeof kinds)[number]]?: bigint | undefined };

/** Tiers in the order they are chosen by, naming only the kinds that they change. */
export function orderTiers(tiers: readonly LooseTier[]): PriceTier[] {
  return tiers
    .map(({ aboveTokens, ...amounts }): PriceTier => {
      const named = Object.entries(amounts).filter(([, amount]) => amount !== undefined);
      return { aboveTokens, ...Object.fromEntries(named) };
    })
    .sort((a, b) => a.aboveTokens - b.aboveTokens);
}

export function sameFigures(a: PriceFigures, b: PriceFigures): boolean {
  const text = (figures: PriceFigures) =>
    JSON.stringify(figuresColumns({ ...figures, tiers: orderTiers(figures.tiers) }), (_, value: unknown) =>
      typeof value === 'bigint' ? value.toString() : value,
    );
  return text(a) === text(b);
}
