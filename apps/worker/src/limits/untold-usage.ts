import type { Subject } from './subject.ts';
import type { UsageCell, UsageRow } from './usage-message.ts';

const cellMs = 1_000;
/** The minute that limits look at, and the second that it cuts through. */
const keepCells = 61;

/** What this worker let through and the others were not told of yet: of each subject, by the second. */
export class UntoldUsage {
  readonly #bySubject = new Map<Subject, Map<number, UsageCell>>();

  get size(): number {
    return this.#bySubject.size;
  }

  add(subject: Subject, atMs: number, requests: number, inputTokens: number, outputTokens: number): void {
    const cells = this.#cellsOf(subject);
    if (requests === 0 && inputTokens === 0 && outputTokens === 0) return;
    const second = Math.floor(atMs / cellMs);
    const cell = cells.get(second);
    if (!cell) return void cells.set(second, [second, requests, inputTokens, outputTokens]);
    cell[1] += requests;
    cell[2] += inputTokens;
    cell[3] += outputTokens;
  }

  /** Tells of the subject's open requests again. */
  mention(subject: Subject): void {
    this.#cellsOf(subject);
  }

  /** Takes out what is told next: of at most so many subjects, those that waited longest. */
  take(maxSubjects: number): UsageRow[] {
    const rows: UsageRow[] = [];
    for (const [subject, cells] of this.#bySubject) {
      if (rows.length === maxSubjects) break;
      this.#bySubject.delete(subject);
      rows.push([subject.id, subject.own.open, [...cells.values()]]);
    }
    return rows;
  }

  /** Drops what no limit looks at any more. */
  forgetOld(nowMs: number): void {
    const oldest = Math.floor(nowMs / cellMs) - keepCells;
    for (const cells of this.#bySubject.values()) {
      for (const second of cells.keys()) if (second <= oldest) cells.delete(second);
    }
  }

  #cellsOf(subject: Subject): Map<number, UsageCell> {
    let cells = this.#bySubject.get(subject);
    if (!cells) {
      cells = new Map();
      this.#bySubject.set(subject, cells);
    }
    return cells;
  }
}
