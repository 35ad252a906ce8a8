import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createJournal, FolderInUse, type Journal, readJournal } from './index.ts';
import { maxLineBytes, readLines, writeLine } from './line.ts';
import { segmentPaths } from './segment.ts';

/** Waits for what happens in its own time; the bound is only there to end a test that has failed. */
const soon = <Result>(check: () => Result | Promise<Result>) => vi.waitFor(check, { timeout: 20_000, interval: 10 });

let folder: string;
let open: Journal[];
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-journal-'));
  open = [];
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const journal of open) await journal.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const errors: Error[] = [];
async function journalOf(options: { maxBytes?: number; segmentBytes?: number; retryMs?: number } = {}) {
  errors.length = 0;
  const journal = await createJournal({
    folder,
    segmentBytes: 64 * 1024,
    onError: (error) => errors.push(error),
    ...options,
  });
  open.push(journal);
  return journal;
}
const outcome = (id: string, filler = '') => JSON.stringify({ k: 'outcome', requestId: id, filler });
const checkpoint = (id: string, filler = '') => JSON.stringify({ k: 'checkpoint', requestId: id, filler });
const append = (journal: Journal, line: string) =>
  new Promise<number>((resolve, reject) => {
    const sequence = journal.append(line, (error) => (error ? reject(error) : resolve(sequence)));
  });
const entries = () => [...readJournal(segmentPaths(folder))].flatMap((file) => file.entries);
const wholeLine = (json: string) => {
  const buffer = Buffer.alloc(maxLineBytes(json));
  return buffer.subarray(0, writeLine(buffer, 0, json));
};

test('what was acknowledged reads back whole and in order, whatever its characters', async () => {
  const journal = await journalOf({ segmentBytes: 16 * 1024 });
  const texts = fc.sample(fc.string({ unit: 'binary', minLength: 150, maxLength: 300 }), 200);
  const lines = texts.map((text, index) => outcome(`req_${index}`, text));
  for (let at = 0; at < lines.length; at += 20) {
    await Promise.all(lines.slice(at, at + 20).map((line) => append(journal, line)));
  }
  expect(entries().map((entry) => entry.json)).toEqual(lines);
  expect(journal.status().segments).toBeGreaterThan(3);
});

test('lines appended in one turn share a write', async () => {
  const journal = await journalOf();
  await Promise.all(Array.from({ length: 100 }, (_, index) => append(journal, outcome(`req_${index}`))));
  expect(journal.status().writeGroups).toBe(1);
});

test('it tells since when its oldest line that is kept is there, and what writing took', async () => {
  const journal = await journalOf({ segmentBytes: 8 * 1024 });
  expect(journal.status()).toMatchObject({ oldestMs: undefined, writeMs: 0 });
  const first = await append(journal, outcome('req_0', 'x'.repeat(2_000)));
  const { oldestMs, writeMs } = journal.status();
  expect(oldestMs).toBeGreaterThanOrEqual(writeMs);
  expect(writeMs).toBeGreaterThan(0);
  await new Promise((resolve) => setTimeout(resolve, 30));
  for (let index = 1; index < 8; index++) await append(journal, outcome(`req_${index}`, 'x'.repeat(2_000)));
  expect(journal.status().segments).toBeGreaterThan(1);
  const before = journal.status().oldestMs ?? 0;
  // The oldest file goes, and with it its age.
  journal.settledUpTo(first + 6);
  expect(journal.status().oldestMs).toBeLessThan(before);
});

test('a journal cut anywhere in its last three records yields every whole record and drops the rest', () => {
  const lines = Array.from({ length: 6 }, (_, index) => wholeLine(outcome(`req_${index}`, '字')));
  const bytes = Buffer.concat(lines);
  const start = Buffer.concat(lines.slice(0, 3)).length;
  for (let cut = start; cut <= bytes.length; cut++) {
    let whole = 0;
    for (let end = 0; whole < 6 && end + lines[whole]!.length <= cut; whole++) end += lines[whole]!.length;
    for (const padding of [0, 100]) {
      const read = readLines(Buffer.concat([bytes.subarray(0, cut), Buffer.alloc(padding)]));
      expect(read.good).toHaveLength(whole);
      expect(read.bad).toHaveLength(0);
    }
  }
});

test('any flipped bit costs at most the two records it touches, is noticed, and leaves the others', () => {
  const texts = Array.from({ length: 5 }, (_, index) => outcome(`req_${index}`));
  const bytes = Buffer.concat([...texts.map(wholeLine), Buffer.alloc(64)]);
  const dataBytes = bytes.length - 64;
  for (let bit = 0; bit < dataBytes * 8; bit++) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    const read = readLines(flipped);
    const lost = texts.filter((text) => !read.good.includes(text));
    expect(read.good.every((text) => texts.includes(text))).toBe(true);
    // A flipped newline joins two lines.
    expect(lost.length).toBeLessThanOrEqual(2);
    expect(read.bad.length + read.tornBytes).toBeGreaterThan(0);
  }
});

test('kill -9 loses nothing that was acknowledged', async () => {
  const script = fileURLToPath(new URL('./append-forever.fixture.ts', import.meta.url));
  const tsx = fileURLToPath(new URL('../../node_modules/.bin/tsx', import.meta.url));
  for (const killAfterLines of [1, 1_000]) {
    const child = spawn(tsx, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (data: Buffer) => {
        text += data;
        const pid = /^pid (\d+)\n/.exec(text)?.[1];
        if (pid && text.split('\n').length > killAfterLines + 1) {
          // tsx runs the script in a process of its own; the lock and the writes are that one's.
          if (isRunning(Number(pid))) process.kill(Number(pid), 'SIGKILL');
        }
      });
      child.on('close', () => resolve());
    });
    const acknowledged = text.split('\n').slice(1, -1);
    const kept = new Set(entries().map((entry) => entry.requestId));
    expect(acknowledged.length).toBeGreaterThanOrEqual(killAfterLines);
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
  }
  // The killed processes' lock does not keep the next one out.
  await journalOf();
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('two workers never share a folder', async () => {
  const first = await journalOf();
  await expect(createJournal({ folder, onError: () => {} })).rejects.toBeInstanceOf(FolderInUse);
  await first.close();
  open = [];
  await journalOf();
});

test.skipIf(process.platform !== 'linux')(
  'a lock of a process that ended and that nobody has asked after does not block',
  async () => {
    // The second program takes the shell's place and knows nothing of the shell's child.
    const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [text] = (await once(parent.stdout, 'data')) as [Buffer];
    const ended = Number(text.toString());
    const state = () => fs.readFileSync(`/proc/${ended}/stat`, 'utf8').split(') ')[1]?.[0];
    await expect.poll(state).toBe('Z');
    fs.writeFileSync(path.join(folder, 'lock'), `${ended} `);
    await journalOf();
    parent.kill();
  },
);

test("a lock whose process id now belongs to somebody else's process does not block", async () => {
  fs.writeFileSync(path.join(folder, 'lock'), `${process.pid} 12345@another-boot`);
  await journalOf();
});

test('files go once their outcomes are settled and their checkpoints replaced, not before', async () => {
  const journal = await journalOf({ segmentBytes: 1024 });
  journal.checkpoint(checkpoint('req_long'));
  const sequences: number[] = [];
  for (let index = 0; index < 20; index++)
    sequences.push(await append(journal, outcome(`req_${index}`, 'x'.repeat(200))));
  const paths = segmentPaths(folder);
  expect(entries()).toHaveLength(21);
  journal.settledUpTo(sequences[9]!);
  journal.settledUpTo(sequences[18]!);
  await soon(() => expect(entries()[0]).toMatchObject({ kind: 'checkpoint', requestId: 'req_long' }));
  await soon(() => expect(segmentPaths(folder).length).toBeLessThan(paths.length));
  expect(segmentPaths(folder)).toContain(paths[0]);
  journal.settledUpTo(await append(journal, outcome('req_long')));
  await soon(() => expect(segmentPaths(folder)).not.toContain(paths[0]));
  journal.settledUpTo(await append(journal, outcome('req_last')));
  await journal.close();
  open = [];
  expect(segmentPaths(folder)).toEqual([]);
});

test('closing keeps what is not settled', async () => {
  const journal = await journalOf();
  await append(journal, outcome('req_1'));
  await journal.close();
  open = [];
  expect(entries().map((entry) => entry.requestId)).toEqual(['req_1']);
});

test('a checkpoint reaches the disk without anyone waiting for it', async () => {
  const journal = await journalOf();
  journal.checkpoint(checkpoint('req_1', 'first'));
  journal.checkpoint(checkpoint('req_1', 'second'));
  await soon(() =>
    expect(entries().map((entry) => entry.json)).toEqual([checkpoint('req_1', 'first'), checkpoint('req_1', 'second')]),
  );
});

test('over its bound the journal says it is full, takes what is under way a while longer, and opens again when settled', async () => {
  const journal = await journalOf({ maxBytes: 8_000, segmentBytes: 2_000 });
  let last = 0;
  while (!journal.isFull) last = await append(journal, outcome('req_1', 'x'.repeat(500)));
  last = await append(journal, outcome('req_1', 'x'.repeat(500)));
  const flood = Array.from({ length: 10 }, () => append(journal, outcome('req_1', 'x'.repeat(500))));
  const results = await Promise.allSettled(flood);
  expect(results.filter((result) => result.status === 'rejected').length).toBeGreaterThan(5);
  journal.settledUpTo(last + 100);
  expect(journal.isFull).toBe(false);
});

test('a failing disk ends that file: waiters are told, admission stops, and a new file takes over when one can be made', async () => {
  const journal = await journalOf({ retryMs: 20 });
  await append(journal, outcome('req_before'));
  const write = vi.spyOn(fs, 'write').mockImplementation(((...values: unknown[]) => {
    (values.at(-1) as (error: Error) => void)(Object.assign(new Error('input/output error'), { code: 'EIO' }));
  }) as never);
  const openFile = vi
    .spyOn(fs.promises, 'open')
    .mockRejectedValue(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
  await expect(append(journal, outcome('req_lost'))).rejects.toThrow('input/output error');
  expect(journal.status()).toMatchObject({ isFull: true, isFailed: true });
  await expect(append(journal, outcome('req_refused'))).rejects.toThrow('takes no more');
  await soon(() => expect(errors.map((error) => error.message)).toContain('no space'));
  write.mockRestore();
  openFile.mockRestore();
  await soon(() => expect(journal.isFull).toBe(false));
  await append(journal, outcome('req_after'));
  expect(entries().map((entry) => entry.requestId)).toEqual(['req_before', 'req_after']);
});
