import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startChild } from '../children/child.ts';
import { buildApp } from './build-app.ts';

let root: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-build-'));
  fs.mkdirSync(path.join(root, 'app/src'), { recursive: true });
  fs.writeFileSync(path.join(root, 'app/src/a.ts'), '1');
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

const build = (code: string) =>
  buildApp(
    root,
    {
      name: 'app',
      sources: ['app'],
      output: path.join(root, 'app/dist/main.js'),
      process: {
        command: process.execPath,
        args: ['-e', code],
        cwd: path.join(root, 'app'),
        env: {},
        logFile: path.join(root, 'build.log'),
      },
    },
    startChild,
  );
const works = `require('fs').mkdirSync('dist', { recursive: true }); require('fs').writeFileSync('dist/main.js', '')`;

test('builds once, and again only when a source, but not a test, changed or the output is gone', async () => {
  expect(await build(works)).toBe('built');
  expect(await build(works)).toBe('fresh');
  fs.writeFileSync(path.join(root, 'app/src/a.test.ts'), '2');
  expect(await build(works)).toBe('fresh');
  fs.writeFileSync(path.join(root, 'app/src/a.ts'), '2');
  expect(await build(works)).toBe('built');
  fs.rmSync(path.join(root, 'app/dist/main.js'));
  expect(await build(works)).toBe('built');
});

test('a failed build says so with its last lines, and is tried again next time', async () => {
  await expect(build(`console.error('bad import'); process.exit(2)`)).rejects.toThrow(/app failed[\s\S]*bad import/);
  expect(await build(works)).toBe('built');
});
