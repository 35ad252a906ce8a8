/** What an upstream may say that it answered at, where that is not its standard. */
export const rates = ['batch', 'flex', 'priority', 'fast', 'us'] as const;
export type Rate = (typeof rates)[number];

/** Whole percent of the standard price by rate; one that is not named has the default. */
export type RatePercents = { readonly [rate in Rate]?: number | undefined };

/**
 * What vendors ask in general. Receipts of prices that name no percent of their own are recomputed with these: another percent belongs
 * into a price, not here.
 */
export const defaultRatePercents = { batch: 50, flex: 50, priority: 200, fast: 600, us: 110 } as const satisfies {
  readonly [rate in Rate]: number;
};

/** The percent of the standard price that a rate costs. */
export function ratePercent(own: RatePercents | undefined, rate: Rate): number {
  return own?.[rate] ?? defaultRatePercents[rate];
}

/** Every rate with its percent, as receipts show them. */
export function allRatePercents(own: RatePercents | undefined): { readonly [rate in Rate]: number } {
  return {
    batch: ratePercent(own, 'batch'),
    flex: ratePercent(own, 'flex'),
    priority: ratePercent(own, 'priority'),
    fast: ratePercent(own, 'fast'),
    us: ratePercent(own, 'us'),
  };
}
