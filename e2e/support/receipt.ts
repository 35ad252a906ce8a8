import { charge, type Price, parseUsd, type Rate, type Usage } from '@ai-bridge/domain';
import { call } from './call.ts';
import { prices } from './config.ts';
import { eventually } from './eventually.ts';
import { bearer } from './prompts.ts';
import type { Stack } from './stack.ts';

/** What `GET /v1/generation` says of a request. */
export interface Receipt {
  readonly id: string;
  readonly outcome: string;
  readonly model: { readonly requested: string; readonly used: string };
  readonly provider: string;
  readonly stream: boolean;
  readonly usage: {
    readonly input: number;
    readonly cacheRead: number;
    readonly cacheWrite5m: number;
    readonly cacheWrite1h: number;
    readonly output: number;
    readonly reasoning: number;
    readonly webSearches: number;
    readonly rates: readonly Rate[];
    readonly source: 'reported' | 'estimated' | 'none';
  };
  readonly price: { readonly version: number } | null;
  readonly terms: { readonly multiplierBasisPoints: number; readonly forgivenTokens: number };
  readonly losses: readonly { readonly path: string; readonly reason: string }[];
  readonly chargeNanoUsd: string;
  readonly chargeTokens: string;
  readonly attempts: readonly {
    readonly provider: string;
    readonly model: string;
    readonly status: number | null;
    readonly error: string | null;
    readonly paidBy: string;
    readonly repair: readonly { readonly path: string; readonly reason: string }[];
    readonly ownKey: boolean;
  }[];
}

/** The receipt of a request, once it is there. */
export function receiptOf(stack: Stack, requestId: string, withinMs = 5_000): Promise<Receipt> {
  return eventually(
    async () => {
      const answer = await call(`${stack.url}/v1/generation?id=${encodeURIComponent(requestId)}`, {
        headers: bearer(stack),
      });
      return answer.status === 200 && answer.json<Receipt>();
    },
    { withinMs, what: () => `no receipt of ${requestId}` },
  );
}

/** The receipt of the newest of the requests that were made since a moment (of Date.now()), once it is there. */
export async function newestReceipt(stack: Stack, sinceMs: number, withinMs = 5_000): Promise<Receipt> {
  const { id } = await eventually(
    async () => {
      const [newest] = await stack.database.query<{ id: string }>(
        `SELECT id FROM usage_record WHERE created_at >= to_timestamp($1 / 1000.0) ORDER BY created_at DESC LIMIT 1`,
        [sinceMs],
      );
      return newest;
    },
    { withinMs, what: () => 'the request is not recorded' },
  );
  return receiptOf(stack, id);
}

/** Our own arithmetic: what the tokens of a receipt cost at the price in the test's config. */
export function expectedCharge(model: keyof typeof prices, usage: Usage): bigint {
  const amounts = Object.entries(prices[model]).map(([kind, usd]) => [kind, parseUsd(usd, 6)]);
  const price = {
    id: '',
    modelId: model,
    version: 1,
    requestFee: 0n,
    tiers: [],
    ...Object.fromEntries(amounts),
  } as Price;
  return charge(usage, price);
}
