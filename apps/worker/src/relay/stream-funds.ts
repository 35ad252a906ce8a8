import type { Price, Rate, Terms } from '@ai-bridge/domain';
import type { CreditBook, Reservation } from '../credit/index.ts';
import { maxStepOutputTokens, outputCostOf } from './expected-cost.ts';

/** The fewest bytes of a stream that carry one output token, event frames included: how far off the next look may be. */
const leastBytesPerToken = 8;

/**
 * What a stream has reserved, grown as it goes: it starts with one step of output and asks for more before that is used up, so that a long
 * answer never holds its whole upper bound and a short balance ends it at the last token paid for.
 */
export class StreamFunds {
  readonly reservation: Reservation;
  readonly #credit: CreditBook;
  readonly #priced: { readonly price: Price; readonly terms: Terms };
  /** The dearer rates that every step is reserved at. */
  readonly #rates: readonly Rate[] | undefined;
  readonly #maxOutputTokens: number;
  #coveredTokens: number;
  #isExhausted = false;

  constructor(
    credit: CreditBook,
    reservation: Reservation,
    priced: { readonly price: Price; readonly terms: Terms },
    cover: { coveredTokens: number; maxOutputTokens: number; rates: readonly Rate[] | undefined },
  ) {
    this.#credit = credit;
    this.reservation = reservation;
    this.#priced = priced;
    this.#coveredTokens = cover.coveredTokens;
    this.#maxOutputTokens = cover.maxOutputTokens;
    this.#rates = cover.rates;
  }

  get reservedNanoUsd(): bigint {
    return this.reservation.amountNanoUsd;
  }

  /** How many more bytes may pass before looking again, when `delivered` tokens have gone out. */
  checkAfterBytes(delivered: number): number {
    if (this.#coveredTokens >= this.#maxOutputTokens) return Number.POSITIVE_INFINITY;
    return Math.max(1, this.#coveredTokens - delivered) * leastBytesPerToken;
  }

  /** Whether it is time to reserve the next step: at half of the cover, because the next look is bytes away. */
  wantsMore(delivered: number): boolean {
    return this.#coveredTokens < this.#maxOutputTokens && delivered >= this.#coveredTokens / 2;
  }

  /** Whether what was delivered is paid for. */
  covers(delivered: number): boolean {
    return this.#coveredTokens >= this.#maxOutputTokens || delivered <= this.#coveredTokens;
  }

  /** The ledger has said that there is no more: the cover is all there will be. */
  get isExhausted(): boolean {
    return this.#isExhausted;
  }

  /** Reserves the next step from memory; false where the lease has no room for it. */
  extend(): boolean {
    const tokens = this.#stepTokens();
    const cost = this.#costOf(tokens);
    if (!this.#credit.extend(this.reservation, cost)) return false;
    this.#coveredTokens += tokens;
    return true;
  }

  /** Reserves the next step, asking the ledger if need be: a whole step, else what smaller piece of it the balance still holds. */
  async extendSoon(): Promise<void> {
    for (let tokens = this.#stepTokens(); tokens >= 1; tokens = Math.floor(tokens / 4)) {
      if (await this.#credit.extendSoon(this.reservation, this.#costOf(tokens))) {
        this.#coveredTokens += tokens;
        return;
      }
    }
    this.#isExhausted = true;
  }

  #stepTokens(): number {
    return Math.max(1, Math.min(maxStepOutputTokens, this.#coveredTokens, this.#maxOutputTokens - this.#coveredTokens));
  }

  #costOf(outputTokens: number): bigint {
    return outputCostOf(outputTokens, this.#priced, this.#rates);
  }
}
