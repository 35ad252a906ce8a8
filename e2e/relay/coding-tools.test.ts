import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { installCodingTools, runCodex, runOpenCode, runPi, runTool } from '../support/coding-tools.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { expectPaid, expectRoundTrip, newHome, readingPrompt } from '../support/tool-round.ts';
import { withOneProtocolEach } from '../support/upstreams.ts';

let stack: Stack;
let commands: string;
let home: string;
beforeAll(async () => {
  commands = installCodingTools();
  stack = await startStack({ config: (config, upstream) => withOneProtocolEach(config, upstream.url) });
}, 600_000);
beforeEach(() => {
  stack.upstream.clear();
  home = newHome();
});
afterEach(() => fs.rmSync(home, { recursive: true, force: true }));
afterAll(() => stack.stop());

test.each([
  ['Anthropic', 'claude-test'],
  ['OpenAI chat', 'only-chat'],
  ['OpenAI Responses', 'only-responses'],
  ['Gemini', 'only-gemini'],
])(
  'Claude Code completes a tool round trip on an upstream of %s',
  async (_, model) => {
    const args = ['-p', readingPrompt(home), '--allowedTools', 'Read', '--model', model];
    const run = await runTool(path.join(commands, 'claude'), args, home, {
      ANTHROPIC_BASE_URL: stack.url,
      ANTHROPIC_AUTH_TOKEN: stack.key,
      IS_SANDBOX: '1',
      DISABLE_AUTOUPDATER: '1',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    });
    expect(run, run.stderr).toMatchObject({ code: 0 });
    expectRoundTrip(stack, run.stdout);
    await expectPaid(stack);
  },
  180_000,
);

test.each([
  ['OpenAI Responses', 'gpt-test'],
  ['Anthropic', 'only-anthropic'],
  ['OpenAI chat', 'only-chat'],
  ['Gemini', 'only-gemini'],
])(
  'Codex completes a tool round trip on an upstream of %s',
  async (_, model) => {
    const run = await runCodex(commands, home, stack, model, readingPrompt(home));
    expect(run, run.stderr).toMatchObject({ code: 0 });
    expectRoundTrip(stack, run.stdout);
    await expectPaid(stack);
  },
  180_000,
);

test.each([
  ['Gemini', 'only-gemini'],
  ['Anthropic', 'only-anthropic'],
  ['OpenAI Responses', 'only-responses'],
])(
  'Gemini CLI completes a tool round trip on an upstream of %s',
  async (_, model) => {
    fs.mkdirSync(path.join(home, '.gemini'));
    const settings = { security: { auth: { selectedType: 'gemini-api-key' }, folderTrust: { enabled: false } } };
    fs.writeFileSync(path.join(home, '.gemini/settings.json'), JSON.stringify(settings));
    const run = await runTool(path.join(commands, 'gemini'), ['-y', '-m', model, '-p', readingPrompt(home)], home, {
      GOOGLE_GEMINI_BASE_URL: stack.url,
      GEMINI_API_KEY: stack.key,
    });
    expect(run, run.stderr).toMatchObject({ code: 0 });
    expectRoundTrip(stack, run.stdout);
    await expectPaid(stack);
  },
  180_000,
);

test('OpenCode by its provider of Google’s completes a tool round trip on an upstream of Anthropic', async () => {
  const by = { provider: '@ai-sdk/google', model: 'only-anthropic' };
  const run = await runOpenCode(commands, home, stack, by, readingPrompt(home));
  expect(run, run.stderr).toMatchObject({ code: 0 });
  expectRoundTrip(stack, run.stdout);
  await expectPaid(stack);
}, 180_000);

test.each([
  ['anthropic-messages', 'Gemini', 'only-gemini'],
  ['openai-completions', 'Anthropic', 'only-anthropic'],
  ['openai-responses', 'OpenAI chat', 'only-chat'],
  ['google-generative-ai', 'OpenAI Responses', 'only-responses'],
] as const)(
  'pi by its %s completes a tool round trip on an upstream of %s',
  async (api, _, model) => {
    const run = await runPi(commands, home, stack, { api, model }, readingPrompt(home));
    expect(run, run.stderr).toMatchObject({ code: 0 });
    expectRoundTrip(stack, run.stdout);
    await expectPaid(stack);
  },
  180_000,
);
