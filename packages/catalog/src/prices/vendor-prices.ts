import type { ListedModel } from '../seed/price-list.ts';
import type { PriceFigures } from './figures.ts';

/**
 * What vendors ask at a moment, as far as the list that ships with the product knows: what a request costs the house where it buys at list
 * price. A price that was taken from another model is no vendor's word.
 */
export function vendorPrices(
  list: readonly ListedModel[],
  now: Date,
): readonly (PriceFigures & { readonly modelId: string })[] {
  return list.flatMap(({ model, prices }) => {
    const price = prices.findLast(({ validFrom }) => validFrom <= now);
    return price && price.copiedFrom === undefined ? [{ modelId: model, ...price.figures }] : [];
  });
}
