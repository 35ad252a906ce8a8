import { type DatedRow, datesAhead, rowInForce } from './in-force.ts';

/** How a price row says that it came with the product, and not from an operator. */
export const listSource = 'price list: ';

/**
 * The dates at which a price of an operator's has to be written, so that it outlasts what the shipped list announces: its own, and those of
 * such announcements after it. What operators themselves have announced takes over from it.
 */
export function datesOfOwnPrice(
  rows: readonly (DatedRow & { readonly source: string })[],
  validFrom: Date,
): readonly Date[] {
  const isListed = (at: Date) => rowInForce(rows, at)?.source.startsWith(listSource) ?? false;
  const ahead = datesAhead(rows, validFrom);
  const firstOwn = ahead.findIndex((at) => !isListed(at));
  return [validFrom, ...(firstOwn === -1 ? ahead : ahead.slice(0, firstOwn))];
}
