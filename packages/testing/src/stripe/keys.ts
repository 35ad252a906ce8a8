import { createHash } from 'node:crypto';
import { StripeFailure } from './failure.ts';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

interface Remembered {
  readonly fingerprint: string;
  readonly answer: Answer | undefined;
}

/** Idempotency keys: the same key has the same answer, also where that was an error; with other parameters it is one. */
export class IdempotencyKeys {
  readonly #known = new Map<string, Remembered>();

  /** The answer that this key has already; undefined for one that is new. */
  begin(key: string, path: string, body: string): Answer | undefined {
    const fingerprint = createHash('sha256').update(`${path}\n${body}`).digest('hex');
    const known = this.#known.get(key);
    if (!known) {
      this.#known.set(key, { fingerprint, answer: undefined });
      return undefined;
    }
    if (known.fingerprint !== fingerprint) {
      throw new StripeFailure(
        400,
        'Keys for idempotent requests can only be used with the same parameters they were first used with.',
        {
          type: 'idempotency_error',
        },
      );
    }
    if (!known.answer) {
      throw new StripeFailure(409, 'There is currently another in-progress request using this key.', {
        ...{ type: 'idempotency_error', code: 'idempotency_key_in_use' },
      });
    }
    return known.answer;
  }

  end(key: string, answer: Answer): void {
    const known = this.#known.get(key);
    if (known) this.#known.set(key, { ...known, answer });
  }

  /** As if the request had never been begun. */
  drop(key: string): void {
    this.#known.delete(key);
  }

  /** What Stripe does after a day. */
  forget(): void {
    this.#known.clear();
  }
}
