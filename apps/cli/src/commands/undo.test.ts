import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Home, makeHome } from '../home.fixture.ts';

let home: Home;
beforeEach(() => {
  home = makeHome();
});
afterEach(() => home.remove());

const settings = '.claude/settings.json';
const init = (key = 'ab-0123456789abcdefghij') => home.run(['init', '-s', '-u', 'https://a.example.com', '-k', key]);

test('what its owner changed since is left alone and said; --force gives it back and keeps a copy', async () => {
  home.write(settings, '{ "a": 1 }');
  await init();
  const changed = `${home.read(settings)}// mine, later\n`;
  home.write(settings, changed, 0o600);
  const refused = await home.run(['undo']);
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.output).toContain(`${path.join(home.folder, settings)} has been changed since.`);
  expect(home.read(settings)).toBe(changed);
  expect(home.exists('.claude.json')).toBe(true);
  const forced = await home.run(['undo', '--force']);
  expect(forced).toMatchObject({ code: 0 });
  expect(home.read(settings)).toBe('{ "a": 1 }');
  const copy = /copy {8}(.+)/.exec(forced.output)?.[1] ?? '';
  expect(fs.readFileSync(copy, 'utf8')).toBe(changed);
});

test('a change of its owner’s between two changes of ours is not lost by undoing both', async () => {
  home.write(settings, '{ "a": 1 }');
  await init();
  home.write(settings, home.read(settings).replace('"a": 1', '"a": 2'), 0o600);
  await init('ab-another-key-0123456789');
  expect(home.read(settings)).toContain('"a": 2');
  expect(await home.run(['undo'])).toMatchObject({ code: 1 });
  expect(home.read(settings)).toContain('"a": 2');
});

test('after many changes undo leads back to the very first state, whatever its bytes', async () => {
  const odd = '\ufeff{\r\n  "a" : 1 ,\r\n  // end\r\n}';
  home.write(settings, odd, 0o604);
  const before = home.everything();
  await init();
  expect(home.read(settings)).toMatch(/^\ufeff\{\r\n {2}"a" : 1 ,\r\n {2}\/\/ end\r\n {2}"env": \{\r\n/);
  expect(home.read(settings).replaceAll('\r\n', '')).not.toContain('\n');
  await home.run(['init', '-s', '-p', 'glm', '-k', 'k']);
  await init('ab-third-key-0123456789ab');
  expect(await home.run(['undo'])).toMatchObject({ code: 0 });
  expect(home.everything()).toEqual(before);
  expect((await home.run(['undo'])).output).toBe('There is nothing to undo.');
});

test('a tool’s own file that the tool has written to since stays as the tool has it', async () => {
  await init();
  home.write('.claude.json', '{"hasCompletedOnboarding":true,"numStartups":3}');
  expect(await home.run(['undo'])).toMatchObject({ code: 0 });
  expect(home.read('.claude.json')).toContain('numStartups');
  expect(home.exists(settings)).toBe(false);
});

test('undoing one tool leaves the others as they are, and its configurations stay to switch to', async () => {
  await init();
  await home.run(['init', '-s', '-T', 'codex', '-u', 'https://a.example.com', '-k', 'ab-0123456789abcdefghij']);
  expect(await home.run(['undo', '-T', 'codex'])).toMatchObject({ code: 0 });
  expect(home.exists('.codex')).toBe(false);
  expect(home.exists(settings)).toBe(true);
  expect(await home.run(['config-switch', 'ai-bridge', '-T', 'codex'])).toMatchObject({ code: 0 });
  expect(home.read('.codex/config.toml')).toContain('https://a.example.com/v1');
});

test('without its copy nothing is given back, and nothing is deleted either', async () => {
  home.write(settings, '{ "a": 1 }');
  await init();
  fs.rmSync(path.join(home.folder, '.config/ai-bridge/backups'), { recursive: true });
  const after = home.read(settings);
  expect(await home.run(['undo', '--force'])).toMatchObject({ code: 1, output: expect.stringContaining('is gone') });
  expect(home.read(settings)).toBe(after);
});

test('links stay links, and what they lead to is changed and given back', async () => {
  home.write('dotfiles/claude.json', '{ "a": 1 }');
  fs.mkdirSync(path.join(home.folder, '.claude'));
  const link = path.join(home.folder, settings);
  fs.symlinkSync('../dotfiles/claude.json', link);
  await init();
  expect(fs.readlinkSync(link)).toBe('../dotfiles/claude.json');
  expect(home.read('dotfiles/claude.json')).toContain('https://a.example.com');
  expect(home.mode('dotfiles/claude.json')).toBe(0o600);
  await home.run(['undo']);
  expect(fs.readlinkSync(link)).toBe('../dotfiles/claude.json');
  expect(home.read('dotfiles/claude.json')).toBe('{ "a": 1 }');
});

test('a file that cannot be read as what it is stops the change with its line, before any file is written', async () => {
  home.write(settings, '{\n  "a": 1,\n  oops\n}');
  const before = home.everything();
  const done = await init();
  expect(done).toMatchObject({
    code: 1,
    errors: expect.stringContaining('settings.json cannot be edited safely: line 3'),
  });
  home.write(settings, '{\n  "env": { "ANTHROPIC_BASE_URL": "a",\n  "ANTHROPIC_BASE_URL": "b" }\n}');
  expect(await init()).toMatchObject({ code: 1, errors: expect.stringContaining('line 3') });
  home.write(settings, Buffer.from([0x7b, 0xff, 0x7d]));
  expect(await init()).toMatchObject({ code: 1, errors: expect.stringContaining('not UTF-8') });
  home.write(settings, '{\n  "a": 1,\n  oops\n}');
  expect(home.everything()).toEqual(before);
});

test('where the second of two files cannot be read, the first is as it was', async () => {
  home.write(settings, '{ "a": 1 }');
  fs.mkdirSync(path.join(home.folder, '.claude.json/in-the-way'), { recursive: true });
  const done = await init();
  expect(done).toMatchObject({ code: 1, errors: expect.stringContaining('A file cannot be read or written') });
  expect(home.read(settings)).toBe('{ "a": 1 }');
});

test('a broken state file is said, not overwritten', async () => {
  home.write('.config/ai-bridge/state.json', '{');
  expect(await init()).toMatchObject({ code: 1, errors: expect.stringContaining('state.json is broken') });
  expect(home.read('.config/ai-bridge/state.json')).toBe('{');
});
