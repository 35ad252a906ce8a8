import { degradedBelow, downBelow, type ModelState } from './model-state.ts';

const dayMs = 24 * 60 * 60_000;

export interface ModelDay {
  /** YYYY-MM-DD, UTC */
  readonly day: string;
  readonly availability: number | null;
  readonly state: ModelState;
}

/** The days of a report with their names and states. By share alone: how many requests a day had is not told. */
export function modelDays(days: readonly (number | null)[], firstDay: string): ModelDay[] {
  const firstMs = Date.parse(firstDay);
  return days.map((availability, index) => ({
    day: new Date(firstMs + index * dayMs).toISOString().slice(0, 10),
    availability,
    state: dayState(availability),
  }));
}

function dayState(availability: number | null): ModelState {
  if (availability === null) return 'no_traffic';
  if (availability < downBelow) return 'down';
  return availability < degradedBelow ? 'degraded' : 'operational';
}

/** The day that went worst, where any went less than whole; the latest of equals. */
export function worstDay(days: readonly ModelDay[]): (ModelDay & { readonly availability: number }) | undefined {
  let worst: (ModelDay & { readonly availability: number }) | undefined;
  for (const day of days) {
    const { availability } = day;
    if (availability !== null && availability < 1 && availability <= (worst?.availability ?? 1)) {
      worst = { ...day, availability };
    }
  }
  return worst;
}
