import { UserError } from '../user-error.ts';

export interface BenchOptions {
  readonly rounds: number;
  readonly seconds: number;
  /** Streams held open at once. */
  readonly openStreams: number;
  /** One processor for the measured process, another for load and upstream, where the system has taskset. */
  readonly isPinned: boolean;
  /** Pause between the events of streams that are held open. */
  readonly openStreamGapMs: number;
}

const full: BenchOptions = { rounds: 3, seconds: 4, openStreams: 5_000, isPinned: true, openStreamGapMs: 5_000 };
const quick: BenchOptions = { rounds: 1, seconds: 2, openStreams: 1_000, isPinned: true, openStreamGapMs: 2_000 };

export const usage = 'npm run bench -- [--quick] [--rounds N] [--seconds N] [--streams N] [--no-pin]';

/** @throws UserError that names what was not understood */
export function readOptions(args: readonly string[]): BenchOptions {
  let options = args.includes('--quick') ? quick : full;
  for (let at = 0; at < args.length; at++) {
    const name = args[at];
    if (name === '--quick' || name === '--') continue;
    if (name === '--no-pin') options = { ...options, isPinned: false };
    else if (name === '--rounds') options = { ...options, rounds: count(name, args[++at]) };
    else if (name === '--seconds') options = { ...options, seconds: count(name, args[++at]) };
    else if (name === '--streams') options = { ...options, openStreams: count(name, args[++at]) };
    else throw new UserError(`The benchmark does not know ${name}. Usage: ${usage}`);
  }
  return options;
}

function count(name: string, value: string | undefined): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new UserError(`${name} needs a whole number. Usage: ${usage}`);
  return number;
}
