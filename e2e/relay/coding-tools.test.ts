import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sim } from '@ai-bridge/testing/upstream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { installCodingTools, runCodex, runTool } from '../support/coding-tools.ts';
import { receiptOf } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';
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
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-coding-tool-'));
  fs.writeFileSync(path.join(home, 'secret.txt'), 'the-magic-word-is-xylophone\n');
});
afterAll(() => stack.stop());

/** Asks for a tool call that reads the file: the fake model calls whichever tool the client offers for it. */
const prompt = () => `Read the file secret.txt ${sim({ toolPath: path.join(home, 'secret.txt') })}`;

/** The tool's answer went up to the model, came back as its answer, and was paid for. */
async function expectRoundTrip(stdout: string): Promise<void> {
  expect(stdout).toContain('the-magic-word-is-xylophone');
  const relayed = stack.upstream.requests.filter((request) => request.tokensEmitted > 0);
  expect(relayed.length).toBeGreaterThanOrEqual(2);
  for (const request of relayed) expect(JSON.stringify(request.headers)).not.toContain(stack.key);
  const rows = await stack.database.query<{ id: string }>(
    'SELECT id FROM usage_record ORDER BY created_at DESC LIMIT 2',
  );
  for (const { id } of rows) expect(await receiptOf(stack, id)).toMatchObject({ outcome: 'completed', stream: true });
  fs.rmSync(home, { recursive: true, force: true });
}

test.each([
  ['Anthropic', 'claude-test'],
  ['OpenAI chat', 'only-chat'],
  ['OpenAI Responses', 'only-responses'],
  ['Gemini', 'only-gemini'],
])(
  'Claude Code completes a tool round trip on an upstream of %s',
  async (_, model) => {
    const args = ['-p', prompt(), '--allowedTools', 'Read', '--model', model];
    const run = await runTool(path.join(commands, 'claude'), args, home, {
      ANTHROPIC_BASE_URL: stack.url,
      ANTHROPIC_AUTH_TOKEN: stack.key,
      IS_SANDBOX: '1',
      DISABLE_AUTOUPDATER: '1',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    });
    expect(run, run.stderr).toMatchObject({ code: 0 });
    await expectRoundTrip(run.stdout);
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
    const run = await runCodex(commands, home, stack, model, prompt());
    expect(run, run.stderr).toMatchObject({ code: 0 });
    await expectRoundTrip(run.stdout);
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
    const run = await runTool(path.join(commands, 'gemini'), ['-y', '-m', model, '-p', prompt()], home, {
      GOOGLE_GEMINI_BASE_URL: stack.url,
      GEMINI_API_KEY: stack.key,
    });
    expect(run, run.stderr).toMatchObject({ code: 0 });
    await expectRoundTrip(run.stdout);
  },
  180_000,
);
