import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Home, makeHome, type RunOptions } from '../home.fixture.ts';

type Handler = (request: http.IncomingMessage, body: string) => readonly [status: number, body: unknown];
interface Seen {
  readonly line: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

const key = 'ab-0123456789abcdefghij';
let home: Home;
let server: http.Server;
let url: string;
let answer: Handler;
let seen: Seen[];

beforeAll(async () => {
  server = http.createServer(async (request, response) => {
    let body = '';
    for await (const piece of request.setEncoding('utf8')) body += piece;
    seen.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
    const [status, said] = answer(request, body);
    response.writeHead(status, { 'content-type': 'application/json', 'x-bridge-provider': 'fake' });
    response.end(typeof said === 'string' ? said : JSON.stringify(said));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  home = makeHome();
  seen = [];
  answer = relay;
  for (const command of ['claude', 'codex', 'opencode', 'openclaw', 'gemini', 'aider'])
    home.write(`bin/${command}`, '#!/bin/sh\n', 0o755);
});
afterEach(() => home.remove());

const good = { content: [], choices: [], output: [], candidates: [] };
const left = (availableTokens: string) => ({ key: { name: 'laptop' }, balance: { availableTokens } });
/** A relay whose key is good. */
const relay: Handler = ({ url: path }) => {
  if (path === '/') return [200, { service: 'ai-bridge' }];
  return path === '/v1/key' ? [200, left('5000.25')] : [200, good];
};
const failing =
  (status: number, message: string): Handler =>
  (request, body) =>
    request.method === 'POST' ? [status, { error: { message } }] : relay(request, body);

const init = (tool: string, ...more: string[]) =>
  home.run(['init', '-s', '-T', tool, '-u', url, '-k', key, '-M', 'm-1', ...more]);
async function doctor(options: RunOptions = {}, ...more: string[]) {
  const variables = { PATH: path.join(home.folder, 'bin'), ...options.variables };
  const { code, output } = await home.run(['doctor', '--json', ...more], { ...options, variables });
  expect(output).not.toContain(key);
  const { ok, checks } = JSON.parse(output) as {
    ok: boolean;
    checks: { tool: string; check: string; status: string; text: string; next: string | null }[];
  };
  expect(ok).toBe(code === 0);
  const statusOf = (name: string) => checks.filter(({ check }) => check === name).map(({ status }) => status);
  const wrong = checks.filter(({ status }) => status !== 'ok');
  return { code, checks, wrong, statusOf };
}

test.each([
  ['claude-code', 'POST /v1/messages', 'authorization', `Bearer ${key}`],
  ['codex', 'POST /v1/responses', 'authorization', `Bearer ${key}`],
  ['opencode', 'POST /v1/chat/completions', 'authorization', `Bearer ${key}`],
  ['openclaw', 'POST /v1/chat/completions', 'authorization', `Bearer ${key}`],
  ['gemini', 'POST /v1beta/models/m-1:generateContent', 'x-goog-api-key', key],
  ['continue', 'POST /v1/chat/completions', 'authorization', `Bearer ${key}`],
  ['aider', 'POST /v1/chat/completions', 'authorization', `Bearer ${key}`],
])('%s, set up by init, is found well by one real call as the tool makes it', async (tool, line, header, value) => {
  await init(tool);
  const { code, checks } = await doctor();
  expect(checks.filter(({ status }) => status !== 'ok')).toEqual([]);
  expect(code).toBe(0);
  expect(checks.map(({ check }) => check)).toEqual(['command', 'variables', 'address', 'key', 'call']);
  const call = seen.find((one) => one.line === line);
  expect(call?.headers[header]).toBe(value);
  if (tool !== 'gemini') expect(JSON.parse(call?.body ?? '')).toMatchObject({ model: 'm-1' });
});

test('by Claude’s own protocol where a tool asks for a Claude model', async () => {
  for (const tool of ['opencode', 'openclaw', 'continue', 'aider']) await init(tool, '-M', 'claude-sonnet-4-6');
  const { code, wrong } = await doctor();
  expect([code, wrong]).toEqual([0, []]);
  const calls = seen.filter(({ line }) => line.startsWith('POST'));
  expect(calls.map(({ line, headers }) => `${line} ${headers['x-api-key']}`)).toEqual(
    Array(4).fill(`POST /v1/messages ${key}`),
  );
});

test('Zed’s key is in the keychain: a notice, and a real call where the variable has it', async () => {
  await init('zed');
  expect(await doctor()).toMatchObject({ code: 0, wrong: [{ check: 'key', status: 'warning' }, { check: 'call' }] });
  expect(await doctor({ variables: { AI_BRIDGE_API_KEY: key } })).toMatchObject({ code: 0, wrong: [] });
});

test.each([
  [401, 'unknown key', 'fault', /make a new one/],
  [402, 'balance used up', 'fault', /Buy tokens/],
  [403, 'not this model', 'fault', /-M <model>/],
  [404, 'model m-1 is not known', 'fault', /-M <model>/],
  [404, 'nothing here', 'fault', /base URL/],
  [429, 'too many', 'warning', /moment/],
  [503, 'no channel', 'warning', /moment/],
  [400, `field of ${key}`, 'fault', /another model/],
])('a real call that ends in %i (%s) is a %s with what to do next', async (status, message, kind, next) => {
  await init('claude-code');
  answer = failing(status, message);
  const { code, wrong } = await doctor();
  expect(code).toBe(kind === 'fault' ? 1 : 0);
  expect(wrong).toMatchObject([
    { check: 'call', status: kind, text: expect.stringContaining(`${status}`), next: expect.stringMatching(next) },
  ]);
});

test('a refused key and an empty balance are said before any tokens are asked for', async () => {
  await init('codex');
  answer = (request, body) => (request.url === '/v1/key' ? [401, { error: {} }] : relay(request, body));
  expect(await doctor()).toMatchObject({
    code: 1,
    wrong: [
      { check: 'key', status: 'fault' },
      { check: 'call', status: 'warning' },
    ],
  });
  answer = (request, body) => (request.url === '/v1/key' ? [200, left('0')] : relay(request, body));
  expect((await doctor()).wrong[0]).toMatchObject({ check: 'key', text: expect.stringContaining('nothing left') });
  expect(seen.filter(({ line }) => line.startsWith('POST'))).toEqual([]);
});

test('the console’s address in the place of the API’s is recognised by its pages, and redirects are not followed with the key', async () => {
  await init('claude-code');
  answer = () => [200, '<!doctype html>'];
  expect((await doctor()).wrong).toMatchObject([
    { check: 'call', next: expect.stringContaining('not that of the console') },
  ]);
  answer = () => [307, ''];
  expect((await doctor()).wrong).toMatchObject([{ check: 'call', status: 'fault' }]);
});

test('an address where nothing listens, or that is none, is a fault, and no key is sent', async () => {
  await home.run(['init', '-s', '-u', 'http://127.0.0.1:9', '-k', key]);
  const closed = await doctor();
  expect(closed).toMatchObject({ code: 1, wrong: [{ check: 'address', status: 'fault' }, { check: 'call' }] });
  home.write(
    '.claude/settings.json',
    `{ "env": { "ANTHROPIC_BASE_URL": "api.example.com", "ANTHROPIC_AUTH_TOKEN": "${key}" } }`,
  );
  expect((await doctor()).wrong[0]).toMatchObject({ check: 'address', text: 'api.example.com is no address.' });
  home.write('.claude/settings.json', '{}');
  expect((await doctor()).wrong.map(({ check }) => check)).toEqual(['address', 'key', 'call']);
});

test('a command that is not on PATH is a fault with how to install it', async () => {
  await init('codex');
  fs.chmodSync(path.join(home.folder, 'bin/codex'), 0o644);
  const { code, wrong } = await doctor({}, '-T', 'codex');
  // Root may run what nobody may run only where somebody may.
  expect([code, wrong]).toMatchObject([1, [{ check: 'command', next: expect.stringContaining('@openai/codex') }]]);
});

test('Claude Code: two different keys are a fault, a shell that says something else is a notice, both name what to unset', async () => {
  await init('claude-code');
  const both = await doctor({ variables: { ANTHROPIC_API_KEY: 'sk-ant-other' } });
  expect(both).toMatchObject({
    code: 1,
    wrong: [{ check: 'variables', status: 'fault', next: expect.stringContaining('unset ANTHROPIC_API_KEY') }],
  });
  const shell = await doctor({ variables: { ANTHROPIC_BASE_URL: 'https://elsewhere.example.com' } });
  expect(shell).toMatchObject({
    code: 0,
    wrong: [{ status: 'warning', text: expect.stringContaining('ANTHROPIC_BASE_URL') }],
  });
  expect(await doctor({ variables: { CLAUDE_CODE_USE_BEDROCK: '1' } })).toMatchObject({ code: 1 });
});

test('a project’s own file that says something else is found from a folder within it', async () => {
  await init('claude-code');
  home.write('work/.claude/settings.local.json', '{ "env": { "ANTHROPIC_BASE_URL": "x" } }');
  home.write('work/deep/er/file', '');
  const workingFolder = path.join(home.folder, 'work/deep/er');
  const { wrong } = await doctor({ workingFolder });
  expect(wrong).toMatchObject([
    { check: 'variables', status: 'warning', text: expect.stringContaining('settings.local.json') },
  ]);
});

test('Codex: a provider that Codex refuses, and a profile that leads elsewhere', async () => {
  await init('codex');
  const config = home.read('.codex/config.toml');
  home.write(
    '.codex/config.toml',
    `profile = "w"\n${config}\n[model_providers.old]\nwire_api = "chat"\n[profiles.w]\nmodel_provider = "old"\n`,
  );
  const { code, wrong } = await doctor();
  expect([code, wrong.map(({ text }) => text)]).toEqual([
    1,
    [expect.stringContaining('wire_api = "chat"'), expect.stringContaining('profiles.w.model_provider')],
  ]);
});

test('Gemini CLI: the shell’s variable wins over the file, which is a fault where they differ', async () => {
  await init('gemini');
  expect(await doctor({ variables: { GEMINI_API_KEY: key } })).toMatchObject({ code: 0 });
  const { code, wrong } = await doctor({ variables: { GOOGLE_GEMINI_BASE_URL: `${url}/other` } });
  expect([code, wrong[0]?.next]).toEqual([1, expect.stringContaining('unset GOOGLE_GEMINI_BASE_URL')]);
});

test('a file that nobody can read, and no tool at all, are faults with a next step', async () => {
  expect(await doctor()).toMatchObject({ code: 1, wrong: [{ check: 'setup', next: 'Run: ai-bridge init' }] });
  await init('codex');
  home.write('.codex/config.toml', 'a = = 1');
  expect((await doctor()).wrong).toMatchObject([{ check: 'setup', text: expect.stringContaining('line 1') }]);
});

test('for people it is a line a check, in their language', async () => {
  await init('claude-code');
  const variables = { PATH: path.join(home.folder, 'bin') };
  const { output } = await home.run(['doctor'], { variables, language: 'zh' });
  expect(output).toContain('剩余 5,000 token');
  expect(output.split('\n').at(-1)).toBe('一切正常。');
});
