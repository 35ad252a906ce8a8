import { type ImportPlan, priceText } from '@ai-bridge/catalog';
import type { ChargePreview } from '@ai-bridge/usage';

/** What an import would do, with prices as people write them. */
export function importView({ rows, problems, unknownFields, digest }: ImportPlan, preview: ChargePreview) {
  return {
    ...{ problems, unknownFields, digest, preview },
    rows: rows.map(({ now, next, modelId, ...row }) => ({
      id: modelId,
      ...row,
      now: now && priceText(now),
      next: next && priceText(next),
    })),
  };
}
