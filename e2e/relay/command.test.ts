import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { installCodingTools, runTool } from '../support/coding-tools.ts';
import { type Bridge, bridgeCommand, commandFile } from '../support/command.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { expectRoundTrip, newHome, readingPrompt } from '../support/tool-round.ts';

/** Of these models the relay tells how large they are. */
const sizes: Readonly<Record<string, object>> = {
  'claude-test': { contextTokens: 210_000, maxOutputTokens: 64_000 },
  'gpt-test': { contextTokens: 131_000, maxOutputTokens: 16_000 },
};

let stack: Stack;
let tools: string;
let home: string;
let bridge: Bridge;
beforeAll(async () => {
  tools = installCodingTools();
  stack = await startStack({
    config: (config) => ({ ...config, models: config.models.map((model) => ({ ...model, ...sizes[model.id] })) }),
  });
}, 600_000);
beforeEach(() => {
  stack.upstream.clear();
  home = newHome();
  bridge = bridgeCommand(home, tools, stack);
});
afterEach(() => fs.rmSync(home, { recursive: true, force: true }));
afterAll(() => stack.stop());

const init = (...args: string[]) => bridge('init', '-s', '-u', stack.url, '-k', '-', ...args);
const prompt = () => readingPrompt(home);

const opencode = {
  ...{ tool: 'opencode', program: 'opencode', leaves: '.config/opencode/opencode.json', environment: {} },
  args: () => ['run'],
  input: prompt,
};
const continueDev = {
  ...{ tool: 'continue', program: 'cn', leaves: '.continue/config.yaml', environment: {} },
  args: () => ['--auto', '-p', prompt()],
  input: undefined,
};
const claudeCode = {
  ...{ tool: 'claude-code', program: 'claude', leaves: '.claude/settings.json' },
  args: () => ['-p', prompt(), '--allowedTools', 'Read'],
  // Root needs the first; the others keep the tool from looking elsewhere.
  environment: { IS_SANDBOX: '1', DISABLE_AUTOUPDATER: '1', CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1' },
  input: undefined,
};
const codex = {
  ...{ tool: 'codex', program: 'codex', leaves: '.codex/config.toml', environment: {} },
  args: () => ['exec', '--skip-git-repo-check', '--sandbox', 'danger-full-access', prompt()],
  input: undefined,
};
const clients = [
  { ...claudeCode, model: 'claude-test', size: undefined },
  { ...claudeCode, model: 'gpt-test', size: '"CLAUDE_CODE_MAX_CONTEXT_TOKENS": "131000"' },
  { ...codex, model: 'gpt-test', size: undefined },
  { ...codex, model: 'claude-test', size: 'model_context_window = 210000' },
  {
    ...{ tool: 'gemini', program: 'gemini', model: 'gemini-test', leaves: '.gemini/settings.json' },
    args: () => ['-y', '-p', prompt()],
    environment: { GEMINI_CLI_TRUST_WORKSPACE: 'true' },
    input: undefined,
    size: undefined,
  },
  { ...opencode, model: 'claude-test', size: '"context": 210000' },
  { ...opencode, model: 'gpt-test', size: '"context": 131000' },
  { ...continueDev, model: 'claude-test', size: 'contextLength: 210000' },
  { ...continueDev, model: 'gpt-test', size: 'contextLength: 131000' },
] as const;

test.each(clients)(
  '$tool with $model completes a tool round trip with what init wrote alone, doctor finds it well, and undo leaves nothing',
  async ({ tool, program, model, leaves, args, environment, input, size }) => {
    const done = await init('-T', tool, '-M', model);
    expect(done, done.stderr).toMatchObject({ code: 0 });
    expect(done.stdout).not.toContain(stack.key);
    if (size) expect(fs.readFileSync(path.join(home, leaves), 'utf8')).toContain(size);
    const checked = await bridge('doctor', '--json');
    expect(checked, checked.stdout).toMatchObject({ code: 0 });
    expect(JSON.parse(checked.stdout).checks.map(({ status }: { status: string }) => status)).toEqual(
      Array(5).fill('ok'),
    );
    stack.upstream.clear();
    const run = await runTool(path.join(tools, program), args(), home, environment, input?.());
    expect(run, run.stderr).toMatchObject({ code: 0 });
    expectRoundTrip(stack, run.stdout);
    expect(await bridge('undo')).toMatchObject({ code: 0 });
    expect(fs.existsSync(path.join(home, leaves))).toBe(false);
  },
  180_000,
);

test('a sign-in with ChatGPT that Codex has stored stays whole, and never reaches the relay', async () => {
  const auth = JSON.stringify({
    auth_mode: 'chatgpt',
    OPENAI_API_KEY: null,
    tokens: { id_token: 'e30.e30.c2ln', access_token: 'chatgpt-token', refresh_token: 'r', account_id: 'a' },
    last_refresh: '2026-11-20T00:00:00Z',
  });
  fs.mkdirSync(path.join(home, '.codex'));
  fs.writeFileSync(path.join(home, '.codex/auth.json'), auth);
  expect(await init('-T', 'codex', '-M', 'gpt-test')).toMatchObject({ code: 0 });
  expect(fs.readFileSync(path.join(home, '.codex/auth.json'), 'utf8')).toBe(auth);
  const run = await runTool(path.join(tools, 'codex'), codex.args(), home, {});
  expect(run, run.stderr).toMatchObject({ code: 0 });
  expectRoundTrip(stack, run.stdout);
}, 180_000);

test('doctor says of a revoked key and of a model that there is not what to do next', async () => {
  await init('-M', 'no-such-model');
  const unknown = await bridge('doctor');
  expect(unknown).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/FAULT {3}real call: no-such-model: 404[\s\S]*-M <model>/),
  });
  const settings = path.join(home, '.claude/settings.json');
  fs.writeFileSync(settings, fs.readFileSync(settings, 'utf8').replace(stack.key, 'ab-0123456789abcdefghij'));
  expect(await bridge('doctor')).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/FAULT {3}key: .*is refused/),
  });
});

test('a reader that stops reading what the command says is no failure of it', async () => {
  const child = spawn(process.execPath, [commandFile, 'init', '-s', '-u', stack.url, '-k', '-'], {
    env: { PATH: process.env.PATH, HOME: home },
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text;
  });
  // It waits for the key, so nothing is printed before nobody reads.
  child.stdout.destroy();
  child.stdin.end(stack.key);
  const [code] = await once(child, 'close');
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
});
