import { labelFigures } from './label-figures.ts';
import type { Figures, ProcessFigures } from './messages.ts';

/** Longer than the supervisor waits for the slowest process. */
const answerWithinMs = 1_000;

/** Asks, in a process, for the figures of all of them: whichever process a client comes to, it sees the same. */
export class SiblingFigures {
  readonly #waiting = new Map<number, (processes: readonly ProcessFigures[]) => void>();
  readonly #slot: number;
  readonly #ask: (question: number) => void;
  #asked = 0;

  constructor(slot: number, ask: (question: number) => void) {
    this.#slot = slot;
    this.#ask = ask;
  }

  /** @param own are given where the supervisor says nothing */
  all(own: Figures): Promise<Figures> {
    const question = ++this.#asked;
    return new Promise((resolve) => {
      const end = (processes: readonly ProcessFigures[]) => {
        clearTimeout(timer);
        this.#waiting.delete(question);
        resolve(labelFigures(processes));
      };
      const timer = setTimeout(() => end([{ slot: this.#slot, restarts: 0, figures: own }]), answerWithinMs);
      this.#waiting.set(question, end);
      this.#ask(question);
    });
  }

  answered(question: number, processes: readonly ProcessFigures[]): void {
    this.#waiting.get(question)?.(processes);
  }
}
