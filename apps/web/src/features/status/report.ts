import type { ModelHealth, ModelHealthDay } from '@ai-bridge/usage';
import type { IncidentView } from '#features/incident/incident.ts';
import { type ModelState, modelStates, type OverallState, overallOf, stateOf } from './model-state.ts';

/** How a model did over a stretch of time; how many requests there were is the site's own business. */
export interface Stretch {
  /** Share of the attempts that were answered, 0 to 1, rounded down to four digits. */
  readonly availability: number;
  /** Null where nothing was answered. */
  readonly firstByteP50Ms: number | null;
  readonly firstByteP95Ms: number | null;
}

/** One model at one provider. Null and no_traffic: nothing was seen, which is neither good nor bad. */
export interface ModelStatus {
  readonly model: string;
  readonly displayName: string;
  readonly provider: string;
  readonly state: ModelState;
  /** The last 15 minutes. */
  readonly now: Stretch | null;
  readonly last24Hours: Stretch | null;
  /** Of all the days below. */
  readonly availability: number | null;
  /** Availability per UTC day from the report's `firstDay` on, the last one being today. */
  readonly days: readonly (number | null)[];
}

/** What everyone may know of how the models do. It names no channel. */
export interface StatusReport {
  readonly updatedAt: Date;
  readonly overall: OverallState;
  /** YYYY-MM-DD, UTC */
  readonly firstDay: string;
  readonly models: readonly ModelStatus[];
  /** Open ones first, then those that were resolved within the days shown. */
  readonly incidents: readonly IncidentView[];
}

/** What a report is made of: the models on offer, and what was seen of any model. */
export interface Seen {
  readonly at: Date;
  readonly models: readonly { readonly id: string; readonly displayName: string; readonly provider: string }[];
  readonly now: readonly ModelHealth[];
  readonly last24Hours: readonly ModelHealth[];
  readonly days: readonly ModelHealthDay[];
  /** YYYY-MM-DD, UTC, oldest first. */
  readonly dayNames: readonly string[];
  readonly incidents: readonly IncidentView[];
}

/**
 * The models on offer at every provider that was seen to answer for them, or at their own where none was; what matters
 * most comes first. Models that are not on offer do not show, whatever was seen of them.
 */
export function statusReport(seen: Seen): StatusReport {
  const now = byModelAndProvider(seen.now);
  const last24Hours = byModelAndProvider(seen.last24Hours);
  const days = groupedBy(seen.days, keyOf);
  const providers = groupedBy([...seen.days, ...seen.last24Hours, ...seen.now], ({ model }) => model);
  const models = seen.models.flatMap(({ id, displayName, provider: own }): ModelStatus[] => {
    const names = new Set((providers.get(id) ?? [{ provider: own }]).map(({ provider }) => provider));
    return [...names].map((provider) => {
      const key = keyOf({ model: id, provider });
      const ofDays = days.get(key) ?? [];
      return {
        ...{ model: id, displayName, provider },
        state: stateOf(now.get(key) ?? { requests: 0, failures: 0 }),
        now: stretchOf(now.get(key)),
        last24Hours: stretchOf(last24Hours.get(key)),
        availability: availabilityOf(sumOf(ofDays)),
        days: seen.dayNames.map((day) => availabilityOf(sumOf(ofDays.filter((one) => one.day === day)))),
      };
    });
  });
  models.sort(byImportance);
  return {
    updatedAt: seen.at,
    overall: overallOf(models.map(({ state }) => state)),
    firstDay: seen.dayNames[0] ?? '',
    models,
    incidents: seen.incidents,
  };
}

/** Whether there is anything to say of it: it had traffic within the days shown. */
export function wasSeen({ availability, now, last24Hours }: ModelStatus): boolean {
  return availability !== null || now !== null || last24Hours !== null;
}

/** How many do not do as they should. */
export function affectedModels(models: readonly Pick<ModelStatus, 'state'>[]): number {
  return models.filter(({ state }) => state === 'down' || state === 'degraded').length;
}

interface Sums {
  readonly requests: number;
  readonly failures: number;
}

/** Neither a model's nor a provider's name holds a line break. */
function keyOf({ model, provider }: { readonly model: string; readonly provider: string }): string {
  return `${model}\n${provider}`;
}

function byModelAndProvider(healths: readonly ModelHealth[]): Map<string, ModelHealth> {
  return new Map(healths.map((health) => [keyOf(health), health]));
}

function groupedBy<One extends { readonly model: string; readonly provider: string }>(
  all: readonly One[],
  nameOf: (one: One) => string,
): Map<string, One[]> {
  const groups = new Map<string, One[]>();
  for (const one of all) {
    const group = groups.get(nameOf(one));
    if (group) group.push(one);
    else groups.set(nameOf(one), [one]);
  }
  return groups;
}

function sumOf(parts: readonly Sums[]): Sums {
  let [requests, failures] = [0, 0];
  for (const part of parts) {
    requests += part.requests;
    failures += part.failures;
  }
  return { requests, failures };
}

/** Rounded down, so that only what never failed is 1. */
function availabilityOf({ requests, failures }: Sums): number | null {
  return requests === 0 ? null : Math.floor(((requests - failures) * 10_000) / requests) / 10_000;
}

function stretchOf(health: ModelHealth | undefined): Stretch | null {
  const availability = health ? availabilityOf(health) : null;
  if (!health || availability === null) return null;
  const { firstByteP50Ms = null, firstByteP95Ms = null } = health;
  return { availability, firstByteP50Ms, firstByteP95Ms };
}

function byImportance(a: ModelStatus, b: ModelStatus): number {
  const order = modelStates.indexOf(a.state) - modelStates.indexOf(b.state);
  return order || compare(a.model, b.model) || compare(a.provider, b.provider);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
