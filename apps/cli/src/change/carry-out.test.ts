import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Disk } from '../disk/disk.ts';
import { nodeDisk } from '../disk/node-disk.ts';
import { emptyState } from '../profiles/state.ts';
import { openStore } from '../profiles/store.ts';
import { carryOut } from './carry-out.ts';
import type { FileEdit } from './plan.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-carry-out-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const edit = (name: string, before: string | undefined): FileEdit => ({
  ...{ tool: 'codex', path: path.join(folder, name), mode: 0o600, after: Buffer.from('after'), record: undefined },
  settings: { place: 'codex-config', format: 'toml', holdsKey: true, settings: [] },
  before: before === undefined ? undefined : { bytes: Buffer.from(before), mode: 0o644 },
});

test('where one of several files cannot be written, all are as they were', () => {
  const failing: Disk = {
    ...nodeDisk,
    write(file, bytes, mode) {
      if (file.endsWith('third')) throw Object.assign(new Error('no space'), { syscall: 'write' });
      return nodeDisk.write(file, bytes, mode);
    },
  };
  fs.writeFileSync(path.join(folder, 'first'), 'before');
  const own = path.join(folder, 'own');
  const store = openStore({ folder: own, disk: nodeDisk, join: path.join, now: () => new Date() });
  const edits = [edit('first', 'before'), edit('second', undefined), edit('third', undefined)];
  expect(() => carryOut(edits, emptyState, store, failing)).toThrow('no space');
  expect(fs.readFileSync(path.join(folder, 'first'), 'utf8')).toBe('before');
  expect(fs.statSync(path.join(folder, 'first')).mode & 0o777).toBe(0o644);
  expect(fs.readdirSync(folder).sort()).toEqual(['first', 'own']);
});

test('what was there first is kept before anything is written', () => {
  fs.writeFileSync(path.join(folder, 'first'), 'before');
  const store = openStore({ folder: path.join(folder, 'own'), disk: nodeDisk, join: path.join, now: () => new Date() });
  const stopping: Disk = {
    ...nodeDisk,
    write() {
      const [record] = store.load().edits;
      expect(fs.readFileSync(record?.original?.backup ?? '', 'utf8')).toBe('before');
      throw new Error('stopped here');
    },
  };
  expect(() => carryOut([edit('first', 'before')], emptyState, store, stopping)).toThrow('stopped here');
});
