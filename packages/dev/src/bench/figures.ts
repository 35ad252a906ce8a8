import type { Measurement, OpenStreamMeasurement } from './measure.ts';
import { median } from './statistics.ts';
import type { Subject } from './subjects.ts';
import type { Suite } from './suites.ts';

/** All measurements of one subject, a list per suite with one entry per round. */
export type Rounds = Record<Subject['name'], Record<Suite['name'], Measurement[]>>;
export type OpenStreams = Record<Subject['name'], OpenStreamMeasurement>;

/** One line of the table: what was reached and what must be. */
export interface Figure {
  readonly name: string;
  readonly bare: number;
  readonly worker: number;
  readonly reached: number;
  readonly unit: string;
  readonly floor: { readonly atLeast: number } | { readonly atMost: number };
}

export function isReached({ reached, floor }: Figure): boolean {
  return 'atLeast' in floor ? reached >= floor.atLeast : reached <= floor.atMost;
}

/** The figures that the relay is held to, each beside the bare proxy in the same run. */
export function figures(rounds: Rounds, open: OpenStreams): Figure[] {
  const ratio = (
    name: string,
    suite: Suite['name'],
    of: (one: Measurement) => number,
    floor: Figure['floor'],
  ): Figure => {
    const bare = rounds.bare[suite].map(of);
    const worker = rounds.worker[suite].map(of);
    // Round by round: what else the machine does then falls on both sides.
    const reached = median(worker.map((value, round) => value / (bare[round] ?? Number.NaN)));
    return { name, bare: median(bare), worker: median(worker), reached, unit: 'x bare', floor };
  };
  const added = (name: string, of: (one: Measurement) => number, atMost: number): Figure => {
    const bare = median(rounds.bare.paced.map(of));
    const worker = median(rounds.worker.paced.map(of));
    return { name, bare, worker, reached: worker - bare, unit: 'ms more', floor: { atMost } };
  };
  const perSecond = (one: Measurement) => one.perSecond;
  const cpuPerThousand = (one: Measurement) => (one.cpuSeconds / one.done) * 1_000;
  const conversion = (name: string, converted: Suite['name'], passed: Suite['name']): Figure => {
    const passedCpu = (round: number) => cpuPerThousand(rounds.worker[passed][round] as Measurement);
    return {
      name,
      bare: Number.NaN,
      worker: median(rounds.worker[converted].map(cpuPerThousand)),
      reached: median(rounds.worker[converted].map((one, round) => passedCpu(round) / cpuPerThousand(one))),
      unit: 'x passed',
      floor: { atLeast: 0.7 },
    };
  };
  const statements = median(rounds.worker.whole.map((one) => (one.statements / one.done) * 1_000));
  return [
    ratio('non-stream requests/s, 64 connections', 'whole', perSecond, { atLeast: 0.7 }),
    ratio('50-event streams/s, 64 connections', 'burst', perSecond, { atLeast: 0.85 }),
    ratio('CPU s per 1,000 50-event streams', 'burst', cpuPerThousand, { atMost: 1.3 }),
    conversion('streams that a processor converts, beside those it passes', 'converted', 'flowing'),
    conversion('50-event streams in one piece that it converts', 'convertedBurst', 'burst'),
    ratio('requests/s with 200 KB bodies', 'large', perSecond, { atLeast: 0.5 }),
    added('first text at low load, p50 ms', (one) => one.firstDeltaMs.p50, 0.4),
    added('delay of each event at low load, p50 ms', (one) => one.chunkDelayMs.p50, 0.1),
    {
      name: `memory per open stream of ${open.worker.asked}, KiB`,
      bare: open.bare.kibPerStream,
      worker: open.worker.kibPerStream,
      reached: open.worker.kibPerStream,
      unit: 'KiB',
      floor: { atMost: 30 },
    },
    {
      name: 'open streams that finish, share',
      bare: open.bare.finished / open.bare.asked,
      worker: open.worker.finished / open.worker.asked,
      reached: open.worker.finished / open.worker.asked,
      unit: 'of all',
      floor: { atLeast: 1 },
    },
    {
      name: 'database statements per 1,000 requests',
      bare: 0,
      worker: statements,
      reached: statements,
      unit: 'statements',
      floor: { atMost: 20 },
    },
  ];
}
