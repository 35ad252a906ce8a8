import { RateWindow } from './rate-window.ts';

/** Subjects whose last use is older than this are forgotten. */
const forgetAfterMs = 180_000;

/** What was used of limits in the last minute, and how many requests are open. */
export class LimitUsage {
  readonly requests = new RateWindow();
  readonly inputTokens = new RateWindow();
  readonly outputTokens = new RateWindow();
  open = 0;
}

/** A key, an organization or a channel that has limits. */
export class Subject {
  readonly id: string;
  /** What all workers let through. */
  readonly all = new LimitUsage();
  /** What this worker let through; the same object where it is the only one. */
  readonly own: LimitUsage;
  touchedMs = 0;

  constructor(id: string, isShared: boolean) {
    this.id = id;
    this.own = isShared ? new LimitUsage() : this.all;
  }
}

/** Everybody whose limits were asked for lately. */
export class Subjects {
  readonly #byId = new Map<string, Subject>();
  readonly #isShared: boolean;

  /** @param isShared whether other workers let requests of the same subjects through */
  constructor(isShared = false) {
    this.#isShared = isShared;
  }

  of(id: string, nowMs: number): Subject {
    let subject = this.#byId.get(id);
    if (!subject) {
      subject = new Subject(id, this.#isShared);
      this.#byId.set(id, subject);
    }
    subject.touchedMs = nowMs;
    return subject;
  }

  /** Undefined where nobody asked for it lately; does not keep it from being forgotten. */
  find(id: string): Subject | undefined {
    return this.#byId.get(id);
  }

  all(): IterableIterator<Subject> {
    return this.#byId.values();
  }

  /** Forgets idle subjects; called by a slow timer. */
  sweep(nowMs: number): void {
    for (const [id, subject] of this.#byId) {
      if (subject.all.open === 0 && nowMs - subject.touchedMs > forgetAfterMs) this.#byId.delete(id);
    }
  }
}
