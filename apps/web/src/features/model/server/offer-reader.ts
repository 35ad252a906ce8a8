import { listPlansOnSale, type Plan } from '@ai-bridge/billing';
import { listOffer, type OfferedTerms } from '@ai-bridge/catalog';
import type { Database, PrismaClient } from '@ai-bridge/db';
import type { Clock } from '@ai-bridge/domain';
import type { StatusReport } from '#features/status/report.ts';
import type { StatusReader } from '#features/status/server/status-reader.ts';
import { remembered } from '#server/remembered.ts';
import { byNewest } from '../model-filter.ts';
import { type PublicModel, publicModel } from '../public-model.ts';

/** How old what the public pages show may be. */
export const offerFreshMs = 10_000;

/** Everything the public pages show of what is sold. */
export interface SiteOffer {
  readonly at: Date;
  /** The newest of the best known vendor first. */
  readonly models: readonly PublicModel[];
  /** The groups that customers may choose, with their multipliers. */
  readonly groups: readonly OfferedTerms[];
  readonly plans: readonly Plan[];
  readonly report: StatusReport;
}

export interface OfferReaderDeps {
  readonly prisma: PrismaClient;
  readonly database: Database;
  readonly clock: Clock;
  readonly status: StatusReader;
}

/** Reads what is on offer, at most once in ten seconds for everyone together. */
export interface OfferReader {
  read(): Promise<SiteOffer>;
}

export function createOfferReader({ prisma, database, clock, status }: OfferReaderDeps): OfferReader {
  async function offer(): Promise<SiteOffer> {
    const at = new Date(clock.now());
    const [{ models, groups }, plans, report] = await Promise.all([
      listOffer(prisma, at),
      listPlansOnSale(database, at),
      status.read(),
    ]);
    return {
      at,
      models: models.map((model) => publicModel(model, report.models)).sort(byNewest),
      groups,
      plans,
      report,
    };
  }
  const fresh = remembered({ read: offer, freshMs: offerFreshMs, nowMs: clock.monotonicMs });
  return { read: () => fresh('offer') };
}
