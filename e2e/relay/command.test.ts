import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sim } from '@ai-bridge/testing/upstream';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { installCodingTools, runTool, type ToolRun } from '../support/coding-tools.ts';
import { type Stack, startStack } from '../support/stack.ts';

const command = fileURLToPath(new URL('../../apps/cli/ai-bridge.mjs', import.meta.url));
const word = 'the-magic-word-is-xylophone';

let stack: Stack;
let tools: string;
let home: string;
beforeAll(async () => {
  tools = installCodingTools();
  stack = await startStack();
}, 600_000);
beforeEach(() => {
  stack.upstream.clear();
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-command-'));
  fs.writeFileSync(path.join(home, 'secret.txt'), `${word}\n`);
});
afterEach(() => fs.rmSync(home, { recursive: true, force: true }));
afterAll(() => stack.stop());

/** The command as somebody types it in this home, with the key on its standard input. */
function bridge(...args: string[]): Promise<ToolRun> {
  const PATH = `${tools}:${process.env.PATH}`;
  return runTool(process.execPath, [command, ...args], home, { PATH }, stack.key);
}

const init = (...args: string[]) => bridge('init', '-s', '-u', stack.url, '-k', '-', ...args);
const prompt = () => `Read the file secret.txt ${sim({ toolPath: path.join(home, 'secret.txt') })}`;

const clients = [
  {
    ...{ tool: 'claude-code', program: 'claude', model: 'claude-test', leaves: '.claude/settings.json' },
    args: () => ['-p', prompt(), '--allowedTools', 'Read'],
    // Root needs the first; the others keep the tool from looking elsewhere.
    environment: { IS_SANDBOX: '1', DISABLE_AUTOUPDATER: '1', CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1' },
  },
  {
    ...{ tool: 'codex', program: 'codex', model: 'gpt-test', leaves: '.codex/config.toml', environment: {} },
    args: () => ['exec', '--skip-git-repo-check', '--sandbox', 'danger-full-access', prompt()],
  },
  {
    ...{ tool: 'gemini', program: 'gemini', model: 'gemini-test', leaves: '.gemini/settings.json' },
    args: () => ['-y', '-p', prompt()],
    environment: { GEMINI_CLI_TRUST_WORKSPACE: 'true' },
  },
] as const;

test.each(clients)(
  '$tool completes a tool round trip with what init wrote and nothing else, doctor finds it well, and undo leaves nothing',
  async ({ tool, program, model, leaves, args, environment }) => {
    const done = await init('-T', tool, '-M', model);
    expect(done, done.stderr).toMatchObject({ code: 0 });
    expect(done.stdout).not.toContain(stack.key);
    const checked = await bridge('doctor', '--json');
    expect(checked, checked.stdout).toMatchObject({ code: 0 });
    expect(JSON.parse(checked.stdout).checks.map(({ status }: { status: string }) => status)).toEqual(
      Array(5).fill('ok'),
    );
    stack.upstream.clear();
    const run = await runTool(path.join(tools, program), args(), home, environment);
    expect(run, run.stderr).toMatchObject({ code: 0 });
    expect(run.stdout).toContain(word);
    expect(stack.upstream.requests.filter((request) => request.tokensEmitted > 0).length).toBeGreaterThanOrEqual(2);
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
  const run = await runTool(path.join(tools, 'codex'), clients[1].args(), home, {});
  expect(run, run.stderr).toMatchObject({ code: 0 });
  expect(run.stdout).toContain(word);
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
