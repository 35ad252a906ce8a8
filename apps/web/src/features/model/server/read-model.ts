import { currentWorkerAddress } from '#features/gateway/server/current-worker-address.ts';
import { composition } from '#server/deps.ts';

/** What a model's own page shows; undefined where it is not on offer. */
export async function readModel(id: string) {
  const [{ models, report, groups }, workerUrl] = await Promise.all([
    composition().deps.offer.read(),
    currentWorkerAddress(),
  ]);
  const model = models.find((one) => one.id === id);
  if (!model) return undefined;
  return {
    ...{ model, groups, workerUrl, firstDay: report.firstDay },
    statuses: report.models.filter((status) => status.model === id),
    chain: [id, ...model.fallback].flatMap((one) => models.find((other) => other.id === one) ?? []),
  };
}

export type ModelView = NonNullable<Awaited<ReturnType<typeof readModel>>>;
