import { readPriceList, vendorPrices } from '@ai-bridge/catalog';
import { type ChargePreview, type PreviewChange, previewCharges } from '@ai-bridge/usage';
import type { Deps } from '#server/deps.ts';
import { refuse } from '#server/errors.ts';

const previewDays = 30;
const dayMs = 86_400_000;
/** Postgres: the statement was cancelled, here because it took too long. */
const cancelled = '57014';

/** What the usage of the last 30 days would have cost after a change. Changes nothing. @throws TRPCError preview_too_slow */
export async function previewChange({ database, clock }: Deps, change: PreviewChange): Promise<ChargePreview> {
  const now = clock.now();
  const vendor = vendorPrices(readPriceList(), new Date(now));
  try {
    return await previewCharges(database, { since: new Date(now - previewDays * dayMs), change, vendorPrices: vendor });
  } catch (error) {
    if ((error as { code?: unknown }).code === cancelled) throw refuse('preview_too_slow');
    throw error;
  }
}
