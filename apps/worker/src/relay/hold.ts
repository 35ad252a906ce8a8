import type { Caller } from '@ai-bridge/access/callers';
import { RelayError } from '@ai-bridge/domain';
import type { CreditBook, Reservation } from '../credit/index.ts';
import {
  affordableOutputTokens,
  costOf,
  dearerRates,
  type ExpectedRequest,
  leastCapOutputTokens,
  maxOutputTokensOf,
  reservedOutputTokens,
} from './expected-cost.ts';
import type { Candidate } from './route-plan.ts';
import { StreamFunds } from './stream-funds.ts';

/** What a candidate costs. */
type Priced = Pick<Candidate, 'model' | 'price' | 'terms'>;

/** What a request has reserved before its first upstream byte; grown where it goes on to a dearer model. */
export class Hold {
  /** The output cap to send upstream where the balance does not cover what was asked for. */
  readonly capOutputTokens: number | undefined;
  /** What it is enough for. */
  readonly expected: ExpectedRequest;
  readonly #credit: CreditBook;
  readonly #organizationId: string;
  #reservation: Reservation | undefined;
  #funds: StreamFunds | undefined;
  /** What the reservation is enough for; undefined: everything. */
  #covers: Priced | undefined;

  constructor(
    credit: CreditBook,
    organizationId: string,
    expected: ExpectedRequest,
    placed?: { priced: Priced; reservation: Reservation | undefined; capOutputTokens?: number | undefined },
  ) {
    this.#credit = credit;
    this.#organizationId = organizationId;
    this.expected = expected;
    this.capOutputTokens = placed?.capOutputTokens;
    this.#reservation = placed?.reservation;
    this.#covers = placed?.priced;
    if (placed) this.#funds = this.#fundsFor(placed.priced);
  }

  /** Undefined where nothing can be charged. */
  get reservation(): Reservation | undefined {
    return this.#reservation;
  }

  /** How a stream reserves more as it goes; undefined where the reservation covers all that can come. */
  get funds(): StreamFunds | undefined {
    return this.#funds;
  }

  /** Makes sure that a candidate's answer is paid for, reserving more where it is dearer; false where the balance does not hold that. */
  cover(candidate: Priced): boolean | Promise<boolean> {
    if (this.#covers === undefined || costsTheSame(candidate, this.#covers)) return true;
    const tokens = this.capOutputTokens ?? reservedOutputTokens(this.expected, candidate.model.maxOutputTokens);
    const cost = costOf(this.expected, tokens, candidate);
    const more = cost - (this.#reservation?.amountNanoUsd ?? 0n);
    if (more <= 0n || this.#reserve(more)) return this.#covered(candidate);
    return this.#reserveSoon(more).then((isReserved) => isReserved && this.#covered(candidate));
  }

  #reserve(more: bigint): boolean {
    if (this.#reservation) return this.#credit.extend(this.#reservation, more);
    this.#reservation = this.#credit.reserve(this.#organizationId, more);
    return this.#reservation !== undefined;
  }

  async #reserveSoon(more: bigint): Promise<boolean> {
    if (this.#reservation) return this.#credit.extendSoon(this.#reservation, more);
    const reservation = await this.#credit.reserveSoon(this.#organizationId, more);
    if (typeof reservation === 'string') return false;
    this.#reservation = reservation;
    return true;
  }

  #covered(candidate: Priced): true {
    this.#covers = candidate;
    this.#funds = this.#fundsFor(candidate);
    return true;
  }

  #fundsFor(priced: Priced): StreamFunds | undefined {
    const reservation = this.#reservation;
    if (!this.expected.stream || !reservation) return undefined;
    const modelMax = priced.model.maxOutputTokens;
    const coveredTokens = reservedOutputTokens(this.expected, modelMax);
    const maxOutputTokens = maxOutputTokensOf(this.expected, modelMax);
    if (coveredTokens >= maxOutputTokens) return undefined;
    const rates = dearerRates(this.expected.askedRates, priced.price);
    return new StreamFunds(this.#credit, reservation, priced, { coveredTokens, maxOutputTokens, rates });
  }
}

/** The same model may cost more on the house's channels than with the customer's own key. */
function costsTheSame(one: Priced, other: Priced): boolean {
  return one.model === other.model && one.terms.multiplierBasisPoints === other.terms.multiplierBasisPoints;
}

/** A hold for what costs nothing on any model. */
export function freeHold(credit: CreditBook, caller: Caller, expected: ExpectedRequest): Hold {
  return new Hold(credit, caller.organizationId, expected);
}

/**
 * Reserves what a request will cost: the first step of a stream, the upper bound of anything else. Where the upper bound does not fit, an
 * affordable cap goes upstream instead.
 * @throws RelayError insufficient_balance, balance_in_use, ledger_unavailable
 */
export function placeHold(
  credit: CreditBook,
  { organizationId }: Caller,
  expected: ExpectedRequest,
  priced: Priced,
): Hold | Promise<Hold> {
  const tokens = reservedOutputTokens(expected, priced.model.maxOutputTokens);
  const cost = costOf(expected, tokens, priced);
  const reservation = cost === 0n ? undefined : credit.reserve(organizationId, cost);
  if (reservation || cost === 0n) return new Hold(credit, organizationId, expected, { priced, reservation });
  return placeHoldSoon(credit, organizationId, expected, priced, tokens, cost);
}

async function placeHoldSoon(
  credit: CreditBook,
  organizationId: string,
  expected: ExpectedRequest,
  priced: Priced,
  tokens: number,
  cost: bigint,
): Promise<Hold> {
  const reservation = await credit.reserveSoon(organizationId, cost);
  if (typeof reservation !== 'string') return new Hold(credit, organizationId, expected, { priced, reservation });
  const capped =
    reservation === 'ledger_unavailable'
      ? undefined
      : await placeCapped(credit, organizationId, expected, priced, tokens);
  if (capped) return capped;
  throw new RelayError(reservation, reservation === 'insufficient_balance' ? {} : { retryAfterSeconds: 1 });
}

/** For answers without a stream: reserves what is there and caps the output at it, if that is still worth something. */
async function placeCapped(
  credit: CreditBook,
  organizationId: string,
  expected: ExpectedRequest,
  priced: Priced,
  tokens: number,
): Promise<Hold | undefined> {
  if (expected.stream || expected.choices > 1 || tokens <= leastCapOutputTokens) return undefined;
  const available = credit.availableHint(organizationId);
  if (available === undefined) return undefined;
  const capOutputTokens = Math.min(tokens - 1, affordableOutputTokens(available, expected, priced));
  if (capOutputTokens < leastCapOutputTokens) return undefined;
  const cost = costOf(expected, capOutputTokens, priced);
  const reservation = await credit.reserveSoon(organizationId, cost);
  if (typeof reservation === 'string') return undefined;
  return new Hold(credit, organizationId, expected, { priced, reservation, capOutputTokens });
}
