import type { ProcessFigures, ToProcess } from './messages.ts';

/** Who has not answered by then is left out: somebody waits for the page. */
const answerWithinMs = 500;

/** A process as it is asked: one that does not run cannot be told anything. */
export interface AskedProcess {
  readonly slot: number;
  readonly restarts: number;
  tell?(message: ToProcess): void;
}

/** Collects, in the supervisor, what all processes say of themselves, for the one among them that was asked by a client. */
export class FigureRounds {
  readonly #rounds = new Map<number, { take(slot: number, figures: ProcessFigures['figures']): void }>();
  #asked = 0;

  /** Asks every process that runs. Resolves once all have answered, or in half a second. */
  ask(processes: readonly AskedProcess[]): Promise<ProcessFigures[]> {
    const question = ++this.#asked;
    const answers = new Map<number, ProcessFigures['figures']>();
    const running = processes.filter(({ tell }) => tell);
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#rounds.delete(question);
        resolve(processes.map(({ slot, restarts }) => ({ slot, restarts, figures: answers.get(slot) })));
      };
      const timer = setTimeout(end, answerWithinMs);
      this.#rounds.set(question, {
        take(slot, figures) {
          answers.set(slot, figures);
          if (answers.size === running.length) end();
        },
      });
      for (const process of running) process.tell?.({ kind: 'tell-figures', question });
    });
  }

  answered(question: number, slot: number, figures: ProcessFigures['figures']): void {
    this.#rounds.get(question)?.take(slot, figures);
  }
}
