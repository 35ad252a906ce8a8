import { type LoadPlan, type RequestForm, terminals } from './load-plan.ts';
import type { BenchOptions } from './options.ts';

/** One way of loading a subject. */
export interface Suite {
  readonly name: 'whole' | 'burst' | 'flowing' | 'converted' | 'convertedBurst' | 'large' | 'paced';
  readonly title: string;
  readonly client: RequestForm['client'];
  readonly stream: boolean;
  readonly chunks: number;
  readonly gapMs: number;
  readonly bodyBytes: number;
  readonly load: Pick<LoadPlan, 'mode' | 'connections' | 'ratePerSecond' | 'isStamped'>;
}

const closed = (connections: number) => ({ mode: 'closed', connections, ratePerSecond: 0, isStamped: false }) as const;

const forWorkerOnly: ReadonlySet<Suite['name']> = new Set(['flowing', 'converted', 'convertedBurst']);

/** The yardstick converts nothing: it is left out where passing is compared with converting. */
export function isFor({ name }: Suite, subject: 'bare' | 'worker'): boolean {
  return subject === 'worker' || !forWorkerOnly.has(name);
}

/** All of a stream in one piece. */
const burst = { stream: true, chunks: 50, gapMs: 0, bodyBytes: 0, load: closed(64) } as const;

/** As answers of models come: event by event. */
const flowing = {
  stream: true,
  chunks: 50,
  gapMs: 5,
  bodyBytes: 0,
  load: { mode: 'rate', connections: 200, ratePerSecond: 100, isStamped: false },
} as const;

export const suites: readonly Suite[] = [
  {
    name: 'whole',
    client: 'anthropic',
    title: 'non-stream, 64 connections',
    stream: false,
    chunks: 1,
    gapMs: 0,
    bodyBytes: 0,
    load: closed(64),
  },
  {
    name: 'burst',
    client: 'anthropic',
    title: 'streams of 50 events at once, 64 connections',
    ...burst,
  },
  {
    name: 'convertedBurst',
    client: 'openai',
    title: 'the same streams at once for a client of another protocol',
    ...burst,
  },
  {
    name: 'flowing',
    client: 'anthropic',
    title: 'streams of 50 events each 5 ms, 100 new streams a second, passed through',
    ...flowing,
  },
  {
    name: 'converted',
    client: 'openai',
    title: 'the same streams for a client of another protocol',
    ...flowing,
  },
  {
    name: 'large',
    client: 'anthropic',
    title: '200 KB bodies, 16 connections',
    stream: false,
    chunks: 1,
    gapMs: 0,
    bodyBytes: 200 * 1_024,
    load: closed(16),
  },
  {
    name: 'paced',
    client: 'anthropic',
    title: 'streams of 50 events each 20 ms, 20 new streams a second',
    stream: true,
    chunks: 50,
    gapMs: 20,
    bodyBytes: 0,
    load: { mode: 'rate', connections: 100, ratePerSecond: 20, isStamped: true },
  },
];

const openedPerSecond = 1_000;
const heldChunks = 3;

/** Many streams open at once, with hardly anything in them. */
export function openStreamSuite(options: BenchOptions): {
  readonly form: Pick<Suite, 'client' | 'stream' | 'chunks' | 'gapMs' | 'bodyBytes'>;
  readonly plan: Omit<LoadPlan, 'port' | 'request'>;
} {
  return {
    form: { client: 'anthropic', stream: true, chunks: heldChunks, gapMs: options.openStreamGapMs, bodyBytes: 0 },
    plan: {
      isStream: true,
      terminal: terminals.anthropic,
      isStamped: false,
      mode: 'once',
      connections: options.openStreams,
      ratePerSecond: openedPerSecond,
      warmupMs: 0,
      durationMs: (options.openStreams / openedPerSecond) * 1_000 + heldChunks * options.openStreamGapMs,
      graceMs: 20_000,
    },
  };
}
