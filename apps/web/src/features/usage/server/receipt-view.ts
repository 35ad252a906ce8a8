import { priceOfRow } from '@ai-bridge/catalog';
import type { Usage } from '@ai-bridge/domain';
import type { Receipt } from '@ai-bridge/usage';

/** A receipt as customers may see it. Written field by field: which channel was used is for staff alone. */
export function receiptView(receipt: Receipt, apiKey: { readonly name: string; readonly last4: string } | undefined) {
  return {
    id: receipt.id,
    createdAt: receipt.createdAt,
    outcome: receipt.outcome,
    endpoint: receipt.endpoint,
    clientProtocol: receipt.clientProtocol,
    upstreamProtocol: receipt.upstreamProtocol,
    stream: receipt.stream,
    modelRequested: receipt.modelRequested,
    modelUsed: receipt.modelUsed,
    provider: receipt.provider,
    usage: usageOf(receipt),
    usageSource: receipt.usageSource,
    chargeNanoUsd: receipt.chargeNanoUsd,
    status: receipt.status,
    errorCode: receipt.errorCode,
    firstByteMs: receipt.firstByteMs,
    durationMs: receipt.durationMs,
    apiKey,
    price: priceOf(receipt),
    terms: receipt.terms,
    attempts: receipt.attempts.map(({ provider, model, status, firstByteMs, error, paidBy, ownKey, repair }) => ({
      provider,
      model,
      status,
      firstByteMs,
      error,
      paidBy,
      ownKey: ownKey ?? false,
      repair: repair ?? [],
    })),
    losses: receipt.losses,
  };
}

/** The usage that was charged for; every kind is named, so that none is forgotten. */
function usageOf(receipt: Receipt): { readonly [kind in keyof Usage]-?: Usage[kind] } {
  return {
    input: count(receipt.input),
    cacheRead: count(receipt.cacheRead),
    cacheWrite5m: count(receipt.cacheWrite5m),
    cacheWrite1h: count(receipt.cacheWrite1h),
    output: count(receipt.output),
    reasoning: count(receipt.reasoning),
    webSearches: count(receipt.webSearches),
    rates: receipt.rates ?? undefined,
  };
}

/** Counts are far below 2^53 (domain maxTokensOfAKind). */
function count(tokens: bigint | null): number | undefined {
  return tokens === null ? undefined : Number(tokens);
}

/** The price that was charged by; undefined where none was chosen, or where its row cannot be read. */
function priceOf({ price: row }: Receipt) {
  const price = row && priceOfRow(row);
  return price && { ...price, validFrom: row.validFrom };
}
