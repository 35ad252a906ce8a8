import { priceOfRow } from '@ai-bridge/catalog';
import type { PrismaSession } from '@ai-bridge/db';
import { charge } from '@ai-bridge/domain';

/** A question with a page or two of context and an answer of a few paragraphs. */
export const exampleUsage = { input: 3_000, output: 500 } as const;

export interface ExampleAnswer {
  readonly displayName: string;
  readonly input: number;
  readonly output: number;
  /** What one such answer costs at list price; above zero. */
  readonly chargeNanoUsd: bigint;
}

/** By how ids begin: what customers are likely to use, best known first; the newest of a kind. */
const wellKnown = ['claude-sonnet-', 'gpt-', 'gemini-', ''] as const;

/** What an everyday answer costs, to give an idea of how far tokens reach; undefined where no model has a price. */
export async function exampleAnswer(prisma: PrismaSession, now: Date): Promise<ExampleAnswer | undefined> {
  for (const beginning of wellKnown) {
    const model = await prisma.model.findFirst({
      where: {
        enabled: true,
        id: { startsWith: beginning },
        prices: { some: { validFrom: { lte: now }, withdrawnAt: null } },
      },
      orderBy: { id: 'desc' },
      select: {
        displayName: true,
        prices: {
          where: { validFrom: { lte: now }, withdrawnAt: null },
          orderBy: [{ validFrom: 'desc' }, { version: 'desc' }],
          take: 1,
        },
      },
    });
    const price = model?.prices[0] && priceOfRow(model.prices[0]);
    const chargeNanoUsd = price ? charge(exampleUsage, price) : 0n;
    if (model && chargeNanoUsd > 0n) return { displayName: model.displayName, ...exampleUsage, chargeNanoUsd };
  }
  return undefined;
}
