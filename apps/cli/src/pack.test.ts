import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const source = fileURLToPath(new URL('..', import.meta.url));
const flags = ['--no-audit', '--no-fund', '--offline', '--loglevel=error'];
let folder: string;
let installed: string;
const run = (command: string, args: readonly string[], cwd: string) =>
  execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: folder, LANG: 'C', npm_config_update_notifier: 'false' },
  });

/** Packs as the start command does. @returns the file */
function pack(name: string): string {
  const file = path.join(folder, name);
  run(process.execPath, ['pack.mjs', file], source);
  return file;
}

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-pack-'));
  installed = path.join(folder, 'empty');
  fs.mkdirSync(installed);
  run('npm', ['install', ...flags, pack('ai-bridge.tgz')], installed);
}, 60_000);
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test('what is packed installs into an empty folder with nothing else, and runs', () => {
  expect(fs.readdirSync(path.join(installed, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
    '@ai-bridge',
  ]);
  expect(run('npx', ['--offline', 'ai-bridge', '--help'], installed)).toContain('ai-bridge init [options]');
  const { version } = JSON.parse(fs.readFileSync(path.join(source, 'package.json'), 'utf8'));
  expect(run('npx', ['--offline', 'ai-bridge', '--version'], installed).trim()).toBe(version);
});

test('as installed it sets a tool up and undoes it', () => {
  const command = path.join(installed, 'node_modules/.bin/ai-bridge');
  for (const tool of ['claude-code', 'codex', 'continue'])
    run(command, ['init', '-s', '-T', tool, '-u', 'https://api.example.com', '-k', 'ab-0123456789abcdef'], folder);
  expect(fs.readFileSync(path.join(folder, '.codex/config.toml'), 'utf8')).toContain('https://api.example.com/v1');
  run(command, ['undo'], folder);
  expect(fs.existsSync(path.join(folder, '.codex'))).toBe(false);
});

test('only the command’s own files are in it', () => {
  const packed = fs.readdirSync(path.join(installed, 'node_modules/@ai-bridge/cli'), { recursive: true }).sort();
  expect(packed).toEqual(['ai-bridge.mjs', 'dist', 'dist/main.js', 'package.json']);
});

test('the same sources make the same bytes, and nothing else is left beside them', () => {
  const first = fs.readFileSync(path.join(folder, 'ai-bridge.tgz'));
  expect(fs.readFileSync(pack('again.tgz')).equals(first)).toBe(true);
  expect(fs.readdirSync(folder).filter((name) => name.startsWith('packing-'))).toEqual([]);
});
