import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../ports.ts';
import { bundlePrograms } from './bundle.ts';
import { type Instrument, measure, measureOpenStreams } from './measure.ts';
import { type Program, startProgram, waitForPort } from './processes.ts';
import { type Subject, startBare } from './subjects.ts';
import { isFor, suites } from './suites.ts';

let upstream: Program;
let bare: Subject;
let instrument: Instrument;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-bench-test-'));

beforeAll(async () => {
  const programs = await bundlePrograms(folder);
  const port = await freePort();
  upstream = startProgram(programs.upstream, [String(port)], { side: 'load', isPinned: false });
  await waitForPort(port);
  bare = await startBare(programs.bare, port, false);
  const options = { rounds: 1, seconds: 1.5, openStreams: 50, isPinned: false, openStreamGapMs: 50 };
  instrument = { loadProgram: programs.load, folder, options };
});
afterAll(async () => {
  await bare.stop();
  await upstream.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

test.each(suites.filter((suite) => isFor(suite, 'bare')))(
  '$title: every answer comes whole through the yardstick',
  async (suite) => {
    const { done, failed } = await measure(instrument, bare, suite);
    expect(failed).toBe(0);
    expect(done).toBeGreaterThan(0);
  },
);

test('streams that are held open all finish', async () => {
  expect(await measureOpenStreams(instrument, bare)).toMatchObject({ finished: 50, asked: 50 });
});
