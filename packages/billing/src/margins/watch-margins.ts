import type { Database, Sql } from '@ai-bridge/db';
import { type Clock, formatUsd } from '@ai-bridge/domain';
import { tellAlarm } from '../alarms.ts';
import { type Earned, isSoldBelowCost } from './sold-below-cost.ts';

/** Today so far and yesterday, whose last requests may have been settled today. */
const lookBackMs = 24 * 60 * 60_000;

export interface MarginsDeps {
  readonly database: Database;
  readonly clock: Clock;
  /** What each model brought in and cost per UTC day, from the day of a time on. */
  readModelDays(sql: Sql, from: Date): Promise<readonly (Earned & { readonly day: string; readonly model: string })[]>;
}

/** Tells of every model that is sold below cost, once per day; whoever has dealt with it hears no more of that day. */
export async function watchMargins({ database, clock, readModelDays }: MarginsDeps): Promise<void> {
  const days = await readModelDays(database, new Date(clock.now() - lookBackMs));
  for (const earned of days.filter(isSoldBelowCost)) {
    const { day, model } = earned;
    const chargeUsd = formatUsd(earned.chargeNanoUsd - earned.uncostedNanoUsd);
    const detail = { model, chargeUsd, costUsd: formatUsd(earned.costNanoUsd) };
    await tellAlarm(database, { kind: 'sold_below_cost', subject: `${day} ${model}`, detail });
  }
}
