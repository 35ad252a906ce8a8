import { formatUsd, type PriceTier, type RatePercents } from '@ai-bridge/domain';
import type { PriceFigures } from './figures.ts';

/** Figures as people write them, in USD (per million tokens; fees each): what `priceSchema` reads back exactly. */
export interface PriceText {
  readonly input: string;
  readonly output: string;
  readonly cacheRead?: string | undefined;
  readonly cacheWrite5m?: string | undefined;
  readonly cacheWrite1h?: string | undefined;
  readonly perRequest?: string | undefined;
  readonly webSearch?: string | undefined;
  readonly rates?: RatePercents | undefined;
  readonly above?: readonly TierText[] | undefined;
}

export interface TierText {
  readonly tokens: number;
  readonly input?: string | undefined;
  readonly output?: string | undefined;
  readonly cacheRead?: string | undefined;
  readonly cacheWrite5m?: string | undefined;
  readonly cacheWrite1h?: string | undefined;
}

export function priceText(figures: PriceFigures): PriceText {
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h, requestFee, webSearch, ratePercents, tiers } = figures;
  return {
    ...{ input: formatUsd(input), output: formatUsd(output), ...cacheText({ cacheRead, cacheWrite5m, cacheWrite1h }) },
    ...(requestFee > 0n && { perRequest: formatUsd(requestFee) }),
    ...(webSearch !== undefined && { webSearch: formatUsd(webSearch) }),
    ...(ratePercents && Object.values(ratePercents).some((rate) => rate !== undefined) && { rates: ratePercents }),
    ...(tiers.length > 0 && { above: tiers.map(tierText) }),
  };
}

function tierText({ aboveTokens, input, output, ...cache }: PriceTier): TierText {
  return {
    tokens: aboveTokens,
    ...(input !== undefined && { input: formatUsd(input) }),
    ...(output !== undefined && { output: formatUsd(output) }),
    ...cacheText(cache),
  };
}

function cacheText({ cacheRead, cacheWrite5m, cacheWrite1h }: Partial<PriceFigures>) {
  return {
    ...(cacheRead !== undefined && { cacheRead: formatUsd(cacheRead) }),
    ...(cacheWrite5m !== undefined && { cacheWrite5m: formatUsd(cacheWrite5m) }),
    ...(cacheWrite1h !== undefined && { cacheWrite1h: formatUsd(cacheWrite1h) }),
  };
}
