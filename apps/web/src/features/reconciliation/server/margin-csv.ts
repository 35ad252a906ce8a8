import { formatUsd } from '@ai-bridge/domain';
import type { ModelDay } from '@ai-bridge/usage';
import { type Cell, csvFile } from '#server/csv.ts';
import { marginSum } from './margin-sums.ts';

const columns = ['day', 'model', 'revenue_usd', 'cost_usd', 'margin_usd', 'margin_percent', 'revenue_without_cost_usd'];
const basisPointsPerPercent = 100;

/** Days and models as a table, exact to the nano-USD; what is not known is empty. */
export function marginCsv(days: readonly ModelDay[]): string {
  return csvFile(columns, days.map(row));
}

function row(day: ModelDay): Cell[] {
  const { chargeNanoUsd, costNanoUsd, marginNanoUsd, marginBasisPoints, uncostedNanoUsd } = marginSum([day]);
  return [
    ...[day.day, day.model, usd(chargeNanoUsd), usd(costNanoUsd), usd(marginNanoUsd)],
    marginBasisPoints === null ? null : marginBasisPoints / basisPointsPerPercent,
    usd(uncostedNanoUsd),
  ];
}

function usd(amountNanoUsd: bigint | null): Cell {
  return amountNanoUsd === null ? null : { exact: formatUsd(amountNanoUsd) };
}
