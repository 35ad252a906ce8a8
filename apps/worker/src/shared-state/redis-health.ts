import type { Clock } from '@ai-bridge/domain';

/** After a failure no request asks Redis for so long. Longer than the pauses between exchanges that fail, so that those find out, and no request. */
export const restAfterFailureMs = 5_000;
/** Of what a failed call says; the rest is the command. */
const maxReasonCharacters = 200;

/** Whether Redis answered lately: nobody waits for one that is away. */
export class RedisHealth {
  readonly #clock: Clock;
  readonly #onChange: (isAway: boolean, reason: string) => void;
  #restUntilMs = Number.NEGATIVE_INFINITY;
  #isAway = false;
  failures = 0;

  /** @param onChange told when it goes away, with the reason, and when it is back */
  constructor(clock: Clock, onChange: (isAway: boolean, reason: string) => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  get isResting(): boolean {
    if (!this.#isAway) return false;
    if (this.#clock.monotonicMs() < this.#restUntilMs) return true;
    this.#isAway = false;
    this.#onChange(false, '');
    return false;
  }

  failed(error: unknown): void {
    this.failures++;
    this.#restUntilMs = this.#clock.monotonicMs() + restAfterFailureMs;
    if (this.#isAway) return;
    this.#isAway = true;
    this.#onChange(true, reasonOf(error));
  }
}

/** Without the command, whose arguments are nobody's business in a log. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  const [message = ''] = error.message.split(', command was:');
  return `${error.name}: ${message}${cause}`.slice(0, maxReasonCharacters);
}
