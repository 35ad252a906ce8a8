import type { Caller } from '@ai-bridge/access/callers';
import { type Price, RelayError } from '@ai-bridge/domain';
import type { CreditBook, Reservation } from '../credit/index.ts';
import {
  affordableOutputTokens,
  costOf,
  dearerRates,
  type ExpectedRequest,
  leastCapOutputTokens,
  reservedOutputTokens,
  unknownMaxOutputTokens,
} from './expected-cost.ts';
import { StreamFunds } from './stream-funds.ts';

/** What a request has reserved before its first upstream byte. */
export interface Hold {
  /** Undefined where nothing can be charged. */
  readonly reservation: Reservation | undefined;
  /** How a stream reserves more as it goes. */
  readonly funds: StreamFunds | undefined;
  /** The output cap to send upstream where the balance does not cover what was asked for. */
  readonly capOutputTokens: number | undefined;
}

const nothing: Hold = { reservation: undefined, funds: undefined, capOutputTokens: undefined };

/**
 * Reserves what a request will cost: the first step of a stream, the upper bound of anything else. Where the upper bound does not fit, an
 * affordable cap goes upstream instead.
 * @throws RelayError insufficient_balance, balance_in_use, ledger_unavailable
 */
export function placeHold(
  credit: CreditBook,
  caller: Caller,
  expected: ExpectedRequest,
  price: Price,
): Hold | Promise<Hold> {
  const tokens = reservedOutputTokens(expected);
  const cost = costOf(expected, tokens, price);
  if (cost === 0n) return nothing;
  const reservation = credit.reserve(caller.organizationId, cost);
  if (reservation) return held(credit, reservation, expected, price, tokens, cost);
  return placeHoldSoon(credit, caller, expected, price, tokens, cost);
}

async function placeHoldSoon(
  credit: CreditBook,
  caller: Caller,
  expected: ExpectedRequest,
  price: Price,
  tokens: number,
  cost: bigint,
): Promise<Hold> {
  const reservation = await credit.reserveSoon(caller.organizationId, cost);
  if (typeof reservation !== 'string') return held(credit, reservation, expected, price, tokens, cost);
  const capped =
    reservation === 'ledger_unavailable' ? undefined : await placeCapped(credit, caller, expected, price, tokens);
  if (capped) return capped;
  throw new RelayError(reservation, reservation === 'insufficient_balance' ? {} : { retryAfterSeconds: 1 });
}

/** For answers without a stream: reserves what is there and caps the output at it, if that is still worth something. */
async function placeCapped(
  credit: CreditBook,
  caller: Caller,
  expected: ExpectedRequest,
  price: Price,
  tokens: number,
): Promise<Hold | undefined> {
  if (expected.stream || expected.choices > 1 || tokens <= leastCapOutputTokens) return undefined;
  const available = credit.availableHint(caller.organizationId);
  if (available === undefined) return undefined;
  const cap = Math.min(tokens - 1, affordableOutputTokens(available, expected, price));
  if (cap < leastCapOutputTokens) return undefined;
  const cost = costOf(expected, cap, price);
  const reservation = await credit.reserveSoon(caller.organizationId, cost);
  if (typeof reservation === 'string') return undefined;
  return { reservation, funds: undefined, capOutputTokens: cap };
}

function held(
  credit: CreditBook,
  reservation: Reservation,
  expected: ExpectedRequest,
  price: Price,
  coveredTokens: number,
  reservedNanoUsd: bigint,
): Hold {
  if (!expected.stream) return { reservation, funds: undefined, capOutputTokens: undefined };
  const most = expected.maxOutputTokens ?? expected.modelMaxOutputTokens ?? unknownMaxOutputTokens * 16;
  const maxOutputTokens = most * expected.choices;
  if (coveredTokens >= maxOutputTokens) return { reservation, funds: undefined, capOutputTokens: undefined };
  const rates = dearerRates(expected.askedRates, price);
  const funds = new StreamFunds(credit, reservation, price, { coveredTokens, maxOutputTokens, reservedNanoUsd, rates });
  return { reservation, funds, capOutputTokens: undefined };
}
