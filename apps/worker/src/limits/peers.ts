import type { Subject } from './subject.ts';

/** The other workers on the same database, as far as limits are concerned. */
export interface Peers {
  /**
   * Tells them what this worker let through, or gave back where it is negative; `atMs` is when it counts. The number of open requests is
   * read from the subject when they are told.
   */
  took(subject: Subject, atMs: number, requests: number, inputTokens: number, outputTokens: number): void;
  /** Among how many workers limits are divided, while nobody knows what the others let through; undefined as long as all of them know. */
  dividedBy(): number | undefined;
}
