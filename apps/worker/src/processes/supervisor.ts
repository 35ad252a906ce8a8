import type { Log } from '../log.ts';
import { FigureRounds } from './figure-round.ts';
import type { FromProcess, ToProcess } from './messages.ts';
import { restartPauseMs, soundLifeMs } from './restart-pause.ts';

/** A process that was started, as the supervisor sees it. */
export interface StartedProcess {
  readonly pid: number | undefined;
  /** Does nothing where the process has gone. */
  tell(message: ToProcess): void;
  kill(): void;
}

/** What a started process is heard of. */
export interface ProcessEvents {
  said(message: FromProcess): void;
  ended(code: number | null, signal: string | null): void;
}

export interface SupervisorDeps {
  readonly processes: number;
  start(slot: number, events: ProcessEvents): StartedProcess;
  monotonicMs(): number;
  readonly log: Log;
  /** From the wish to stop on: whoever is there then is killed. */
  readonly stopWithinMs: number;
  /** All of them take requests for the first time. */
  onReady(url: string): void;
  /** Why nothing runs, in one line for the operator. */
  onFailed(line: string): void;
}

export interface Supervisor {
  /** Resolves with the exit code, once no process is left. */
  readonly ended: Promise<number>;
  /** Lets all of them drain; asked again, they hurry. */
  stop(): void;
}

/** One of the places that processes run in, one after the other. */
interface Slot {
  readonly slot: number;
  process: StartedProcess | undefined;
  isReady: boolean;
  /** Some process of it has been ready: from then on one that fails is replaced. */
  wasReady: boolean;
  startedAtMs: number;
  earlyEnds: number;
  restarts: number;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Starts the processes of a worker and keeps them running: one that ends is replaced in its own place, after a pause that grows, while the
 * others go on. Where one cannot even start for the first time, all are stopped.
 */
export function createSupervisor(deps: SupervisorDeps): Supervisor {
  return new ProcessSupervisor(deps);
}

class ProcessSupervisor implements Supervisor {
  readonly ended: Promise<number>;
  readonly #deps: SupervisorDeps;
  readonly #slots: readonly Slot[];
  readonly #rounds = new FigureRounds();
  #end: (code: number) => void = () => {};
  #exitCode = 0;
  #isStopping = false;
  #wasReady = false;
  #killTimer: NodeJS.Timeout | undefined;

  constructor(deps: SupervisorDeps) {
    this.#deps = deps;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.#slots = Array.from({ length: deps.processes }, (_, index) => ({
      ...{ slot: index + 1, process: undefined, isReady: false, wasReady: false, timer: undefined },
      ...{ startedAtMs: 0, earlyEnds: 0, restarts: 0 },
    }));
    for (const slot of this.#slots) this.#start(slot);
  }

  stop(): void {
    if (this.#isStopping) return this.#tellAll({ kind: 'hurry' });
    this.#isStopping = true;
    for (const { timer } of this.#slots) clearTimeout(timer);
    this.#tellAll({ kind: 'stop' });
    this.#killTimer = setTimeout(() => this.#killAll(), this.#deps.stopWithinMs);
    this.#endIfNoneIsLeft();
  }

  #start(slot: Slot): void {
    slot.startedAtMs = this.#deps.monotonicMs();
    slot.process = this.#deps.start(slot.slot, {
      said: (message) => this.#heard(slot, message),
      ended: (code, signal) => this.#ended(slot, code, signal),
    });
  }

  #heard(slot: Slot, message: FromProcess): void {
    switch (message.kind) {
      case 'ready':
        return this.#ready(slot, message.url);
      case 'failed':
        if (!slot.wasReady) return this.#failed(message.line);
        return this.#deps.log.info('a process does not start', { process: slot.slot, reason: message.line });
      case 'ask-figures':
        return void this.#askAll(slot, message.question);
      case 'figures':
        return this.#rounds.answered(message.question, slot.slot, message.figures);
    }
  }

  #ready(slot: Slot, url: string): void {
    slot.isReady = true;
    slot.wasReady = true;
    this.#deps.log.info('a process is ready', { process: slot.slot, pid: slot.process?.pid });
    if (this.#wasReady || this.#isStopping || !this.#slots.every(({ wasReady }) => wasReady)) return;
    this.#wasReady = true;
    this.#deps.onReady(url);
  }

  #failed(line: string): void {
    if (this.#isStopping) return;
    this.#exitCode = 1;
    this.#deps.onFailed(line);
    this.stop();
  }

  #ended(slot: Slot, code: number | null, signal: string | null): void {
    const how = signal ?? `code ${code}`;
    slot.process = undefined;
    slot.isReady = false;
    if (!this.#isStopping && !slot.wasReady)
      this.#failed(`The worker cannot start: process ${slot.slot} ended by ${how}`);
    if (!this.#isStopping) return this.#replace(slot, how);
    if (code !== 0) this.#exitCode = 1;
    this.#endIfNoneIsLeft();
  }

  #replace(slot: Slot, how: string): void {
    const livedMs = this.#deps.monotonicMs() - slot.startedAtMs;
    slot.earlyEnds = livedMs < soundLifeMs ? slot.earlyEnds + 1 : 1;
    slot.restarts++;
    const inMs = restartPauseMs(slot.earlyEnds);
    this.#deps.log.info('a process ended: another takes its place', { process: slot.slot, how, inMs });
    slot.timer = setTimeout(() => this.#start(slot), inMs);
  }

  async #askAll(asking: Slot, question: number): Promise<void> {
    const processes = await this.#rounds.ask(
      this.#slots.map(({ slot, restarts, isReady, process }) => ({
        ...{ slot, restarts },
        ...(isReady && process && { tell: process.tell }),
      })),
    );
    asking.process?.tell({ kind: 'all-figures', question, processes });
  }

  #tellAll(message: ToProcess): void {
    for (const { process } of this.#slots) process?.tell(message);
  }

  #killAll(): void {
    this.#exitCode = 1;
    for (const { process } of this.#slots) process?.kill();
  }

  #endIfNoneIsLeft(): void {
    if (this.#slots.some(({ process }) => process)) return;
    clearTimeout(this.#killTimer);
    this.#end(this.#exitCode);
  }
}
