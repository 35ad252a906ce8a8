import { groupTerms, type MultiplierRow } from './groups/group-snapshot.ts';
import { priceOfRow } from './prices/figures.ts';
import { datesAhead, rowInForce } from './prices/in-force.ts';
import type { PriceRow } from './prices/set-price.ts';
import type { CatalogChange } from './snapshot.ts';

/**
 * Every announced change after a moment, ascending by date. What does not change at a date is not named there.
 * @param prices all rows by model, @param multipliers all rows by group
 */
export function changesAhead(
  prices: ReadonlyMap<string, readonly PriceRow[]>,
  multipliers: ReadonlyMap<string, readonly MultiplierRow[]>,
  now: Date,
): CatalogChange[] {
  const dates = datesAhead([...[...prices.values()].flat(), ...[...multipliers.values()].flat()], now);
  return dates.map((at) => ({
    at,
    prices: new Map(
      beginning(prices, at).map(([id, rows]) => {
        const row = rowInForce(rows, at);
        return [id, row && priceOfRow(row)];
      }),
    ),
    terms: new Map(beginning(multipliers, at).map(([id, rows]) => [id, groupTerms(rows, at)])),
  }));
}

/** Of whom a row begins on a date. */
function beginning<Row extends { readonly validFrom: Date; readonly withdrawnAt: Date | null }>(
  rows: ReadonlyMap<string, readonly Row[]>,
  at: Date,
): [string, readonly Row[]][] {
  const begins = ({ validFrom, withdrawnAt }: Row) => !withdrawnAt && validFrom.getTime() === at.getTime();
  return [...rows].filter(([, own]) => own.some(begins));
}
