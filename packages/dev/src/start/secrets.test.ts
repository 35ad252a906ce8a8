import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadSecrets } from './secrets.ts';

let folder: string;
const file = () => path.join(folder, 'secrets.env');
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-secrets-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

test('secrets are made once, 32 random bytes each, in a file only its owner can read', () => {
  const first = loadSecrets(folder, {}, false);
  expect(fs.statSync(file()).mode & 0o777).toBe(0o600);
  for (const value of Object.values(first)) expect(Buffer.from(value, 'base64url')).toHaveLength(32);
  expect(new Set(Object.values(first)).size).toBe(3);
  expect(loadSecrets(folder, {}, true)).toEqual(first);
});

test('a secrets file that others could read is closed again', () => {
  loadSecrets(folder, {}, false);
  fs.chmodSync(file(), 0o644);
  loadSecrets(folder, {}, true);
  expect(fs.statSync(file()).mode & 0o777).toBe(0o600);
});

test('the environment wins over the file and is not copied into it', () => {
  const secrets = loadSecrets(folder, { BRIDGE_KEY_PEPPER: 'from the environment' }, false);
  expect(secrets.BRIDGE_KEY_PEPPER).toBe('from the environment');
  expect(fs.readFileSync(file(), 'utf8')).not.toContain('from the environment');
});

test('a lost secret beside an existing database is one clear line, never a new secret', () => {
  expect(() => loadSecrets(folder, {}, true)).toThrow(/^BRIDGE_KEY_PEPPER is missing: .*backup/);
  expect(fs.existsSync(file())).toBe(false);
});

test('a line that is not NAME=value is named by its number', () => {
  fs.writeFileSync(file(), '# ours\nNEXTAUTH_SECRET=abc\nwhat is this\n');
  expect(() => loadSecrets(folder, {}, false)).toThrow('line 3');
});

test('a sealing key that is too short to seal with stops the start, by name', () => {
  expect(() => loadSecrets(folder, { BRIDGE_SEALING_KEY: 'short' }, false)).toThrow(/^BRIDGE_SEALING_KEY: expected/);
});
