import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../ports.ts';
import { bundlePrograms } from './bundle.ts';
import { figures, isReached, type OpenStreams, type Rounds } from './figures.ts';
import { type Instrument, measure, measureOpenStreams } from './measure.ts';
import { type BenchOptions, readOptions } from './options.ts';
import { canPin, maxOpenFiles, type Program, startProgram, waitForPort } from './processes.ts';
import { type Subject, startBare, startBenchWorker } from './subjects.ts';
import { isFor, suites } from './suites.ts';
import { renderTable } from './table.ts';

/** Files that a process needs besides two for each stream. */
const spareFiles = 500;
/** Until the compiler has made what it makes of both. */
const warmUpSeconds = 5;

/**
 * `npm run bench`: the worker with everything on, beside a bare proxy, in one run and in turns. What it prints are ratios: absolute
 * numbers move with the machine. Writes nothing into the repository. Returns the exit code: 1 when a floor was missed.
 */
export async function runBench(args: readonly string[]): Promise<number> {
  const options = fitMachine(readOptions(args));
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-bench-'));
  const running: { stop(): Promise<void> }[] = [];
  try {
    const programs = await bundlePrograms(folder);
    const upstreamPort = await freePort();
    let upstream = await startUpstream(programs.upstream, upstreamPort, options);
    running.push({ stop: () => upstream.stop() });
    const bare = await startBare(programs.bare, upstreamPort, options.isPinned);
    running.push(bare);
    const worker = await startBenchWorker(folder, upstreamPort, options.isPinned);
    running.push(worker);
    console.log(describe(options));
    const instrument: Instrument = { loadProgram: programs.load, folder, options };
    const rounds = await measureRounds(instrument, { bare, worker });
    const open = {} as OpenStreams;
    for (const subject of [bare, worker]) {
      // A fresh upstream: it has no descriptors left over from the other subject's connections.
      await upstream.stop();
      upstream = await startUpstream(programs.upstream, upstreamPort, options);
      open[subject.name] = await measureOpenStreams(instrument, subject);
    }
    const reached = figures(rounds, open);
    console.log(`\n${renderTable(reached)}`);
    return reached.every(isReached) ? 0 : 1;
  } finally {
    for (const one of running.reverse()) await one.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function measureRounds(instrument: Instrument, subjects: Record<Subject['name'], Subject>): Promise<Rounds> {
  const empty = () => ({ whole: [], burst: [], convertedBurst: [], flowing: [], converted: [], large: [], paced: [] });
  const rounds: Rounds = { bare: empty(), worker: empty() };
  const warmUp: Instrument = { ...instrument, options: { ...instrument.options, seconds: warmUpSeconds } };
  for (const subject of Object.values(subjects)) {
    for (const suite of suites.filter((one) => one.name !== 'paced' && isFor(one, subject.name)))
      await measure(warmUp, subject, suite);
  }
  for (let round = 0; round < instrument.options.rounds; round++) {
    for (const suite of suites) {
      // A B, then B A: neither always comes second.
      const order: Subject['name'][] = round % 2 === 0 ? ['bare', 'worker'] : ['worker', 'bare'];
      for (const name of order.filter((one) => isFor(suite, one))) {
        const measured = await measure(instrument, subjects[name], suite);
        rounds[name][suite.name].push(measured);
        const failed = measured.failed > 0 ? `, ${measured.failed} FAILED` : '';
        const rate = `${Math.round(measured.perSecond)}/s, p50 ${measured.latencyMs.p50.toFixed(2)} ms`;
        console.log(`round ${round + 1}  ${name.padEnd(6)}  ${suite.title}: ${rate}${failed}`);
      }
    }
  }
  return rounds;
}

async function startUpstream(file: string, port: number, options: BenchOptions): Promise<Program> {
  const program = startProgram(file, [String(port)], { side: 'load', isPinned: options.isPinned });
  await waitForPort(port);
  return program;
}

/** Takes back what this machine cannot do. */
function fitMachine(options: BenchOptions): BenchOptions {
  const mostStreams = Math.floor((maxOpenFiles() - spareFiles) / 2);
  return {
    ...options,
    isPinned: options.isPinned && canPin(),
    openStreams: Math.max(1, Math.min(options.openStreams, mostStreams)),
  };
}

function describe(options: BenchOptions): string {
  const pinning = options.isPinned
    ? 'measured process on processor 1, load and upstream on processor 0'
    : 'processes not pinned to processors: expect more noise';
  return `Node ${process.versions.node}, ${os.cpus().length} processors; ${pinning}; ${options.rounds} round(s) of ${options.seconds} s.`;
}
