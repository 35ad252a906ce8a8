import { readSettings } from '@ai-bridge/catalog';
import { currentWorkerAddress } from '#features/gateway/server/current-worker-address.ts';
import { exampleModel } from '#features/model/known-model.ts';
import { refundExample } from '#features/pricing/server/refund-example.ts';
import { currentSession } from '#server/context.ts';
import { composition } from '#server/deps.ts';
import { sampleReceipt } from '../sample-receipt.ts';
import { families } from '../tools.ts';

const maxFamilies = 6;

/** What the home page shows: the offer as it stands, how it does, and where this visitor reaches it. */
export async function readHome() {
  const { deps } = composition();
  const [offer, session, workerUrl, settings] = await Promise.all([
    deps.offer.read(),
    currentSession(),
    currentWorkerAddress(),
    readSettings(deps.prisma),
  ]);
  const { models, plans, report } = offer;
  const example = exampleModel(models);
  const live = new Set(models.filter(({ availability }) => availability !== null).map(({ provider }) => provider));
  const cheapest = plans.reduce<(typeof plans)[number] | undefined>(
    (least, plan) => (least && least.amountMinor <= plan.amountMinor ? least : plan),
    undefined,
  );
  return {
    isSignedIn: session !== undefined,
    workerUrl,
    siteName: settings.siteName,
    report,
    cheapestPlan: cheapest,
    example,
    receipt: example && sampleReceipt(example.price),
    refund: cheapest && refundExample(cheapest),
    modelCount: models.length,
    providerCount: new Set(models.map(({ provider }) => provider)).size,
    families: Object.entries(families)
      .filter(([provider]) => models.some((model) => model.provider === provider))
      .slice(0, maxFamilies)
      .map(([provider, name]) => ({ name, isLive: live.has(provider) })),
  };
}

export type HomeView = Awaited<ReturnType<typeof readHome>>;
