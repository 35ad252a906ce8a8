import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { type LoadPlan, type LoadResult, requestText, terminals } from './load-plan.ts';
import type { BenchOptions } from './options.ts';
import { cpuSeconds, residentKiB } from './processes.ts';
import type { Subject } from './subjects.ts';
import { openStreamSuite, type Suite } from './suites.ts';

const run = promisify(execFile);
const sampleEveryMs = 100;
const graceMs = 5_000;

/** How load is sent: the generator's program and the folder for its plans. */
export interface Instrument {
  readonly loadProgram: string;
  readonly folder: string;
  readonly options: BenchOptions;
}

export interface Measurement extends LoadResult {
  /** Processor seconds of the subject's process. */
  readonly cpuSeconds: number;
  /** Database statements, where it has a database. */
  readonly statements: number;
}

/** Runs one suite against one subject once. */
export async function measure(instrument: Instrument, subject: Subject, suite: Suite): Promise<Measurement> {
  const { options } = instrument;
  const warmupMs = suite.load.mode === 'rate' ? suite.chunks * suite.gapMs : 0;
  const statementsBefore = (await subject.statements?.()) ?? Number.NaN;
  const cpuBefore = cpuSeconds(subject.pid);
  const result = await sendLoad(instrument, {
    ...suite.load,
    port: subject.port,
    request: requestText({ ...suite, port: subject.port, key: subject.key }),
    isStream: suite.stream,
    terminal: terminals[suite.client],
    warmupMs,
    durationMs: options.seconds * 1_000,
    graceMs,
  });
  const statementsAfter = (await subject.statements?.()) ?? Number.NaN;
  return { ...result, cpuSeconds: cpuSeconds(subject.pid) - cpuBefore, statements: statementsAfter - statementsBefore };
}

export interface OpenStreamMeasurement {
  readonly finished: number;
  readonly asked: number;
  readonly kibPerStream: number;
}

/** Holds many streams open and watches the subject's memory. */
export async function measureOpenStreams(instrument: Instrument, subject: Subject): Promise<OpenStreamMeasurement> {
  const { form, plan } = openStreamSuite(instrument.options);
  const before = residentKiB(subject.pid);
  let peak = before;
  const sampling = setInterval(() => {
    peak = Math.max(peak, residentKiB(subject.pid));
  }, sampleEveryMs);
  const request = requestText({ ...form, port: subject.port, key: subject.key });
  const { done } = await sendLoad(instrument, { ...plan, port: subject.port, request });
  clearInterval(sampling);
  return { finished: done, asked: plan.connections, kibPerStream: (peak - before) / plan.connections };
}

let plans = 0;

async function sendLoad(instrument: Instrument, plan: LoadPlan): Promise<LoadResult> {
  const file = path.join(instrument.folder, `plan-${plans++}.json`);
  fs.writeFileSync(file, JSON.stringify(plan));
  const command = [process.execPath, instrument.loadProgram, file];
  const pinned = instrument.options.isPinned ? ['taskset', '-c', '0', ...command] : command;
  const { stdout } = await run(pinned[0] as string, pinned.slice(1), { maxBuffer: 1_024 * 1_024 });
  fs.rmSync(file);
  return JSON.parse(stdout) as LoadResult;
}
