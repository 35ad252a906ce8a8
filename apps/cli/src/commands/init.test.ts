import { once } from 'node:events';
import fs from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { toolIds } from '@ai-bridge/tool-setup';
import { parse as parseToml } from 'smol-toml';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { type Home, makeHome } from '../home.fixture.ts';

let home: Home;
beforeEach(() => {
  home = makeHome();
});
afterEach(() => home.remove());

const key = 'ab-0123456789abcdefghij';
const url = 'https://api.example.com';
const relay = ['init', '-s', '-u', url, '-k', key];

/** Files as their owners have them, with comments and things of their own, and what in them is to stay. */
const own: Readonly<Record<string, { file: string; text: string; stays: readonly string[] }>> = {
  'claude-code': {
    file: '.claude/settings.json',
    text: '{\n\t// mine\n\t"permissions": { "allow": ["Bash(ls)"] }, // keep\n\t"env": { "FOO": "1", "ANTHROPIC_API_KEY": "sk-own" }\n}\n',
    stays: ['\t// mine\n\t"permissions": { "allow": ["Bash(ls)"] }, // keep\n', '"FOO": "1"'],
  },
  codex: {
    file: '.codex/config.toml',
    text: '# mine\r\nmodel = "gpt-5.5" # best\r\napproval_policy = "never"\r\n\r\n[mcp_servers.x]\r\ncommand = "y" # why\r\n',
    stays: ['# mine\r\nmodel = "gpt-5.5" # best\r\n', '[mcp_servers.x]\r\ncommand = "y" # why\r\n'],
  },
  opencode: {
    file: '.config/opencode/opencode.jsonc',
    text: '{\n  // mine\n  "theme": "nord",\n  "provider": { "anthropic": { "options": { "timeout": 9 } } },\n}\n',
    stays: ['  // mine\n  "theme": "nord",', '"timeout": 9'],
  },
  openclaw: {
    file: '.openclaw/openclaw.json',
    text: '{ "gateway": { "port": 1 } }',
    stays: ['"gateway": { "port": 1 }'],
  },
  gemini: {
    file: '.gemini/.env',
    text: '# mine\nOTHER=1\nGEMINI_API_KEY=own # why\n',
    stays: ['# mine\nOTHER=1\n'],
  },
  continue: {
    file: '.continue/config.yaml',
    text: 'name: Me # who\nmodels:\n  - name: Mine\n    provider: ollama # local\n    model: m\nrules:\n  - "be nice"\n',
    stays: ['name: Me # who', '  - name: Mine\n    provider: ollama # local\n', '  - "be nice"\n'],
  },
  zed: {
    file: '.config/zed/settings.json',
    text: '// Zed settings\n{\n  "vim_mode": true, // always\n  "agent": { "enabled": true },\n}\n',
    stays: ['// Zed settings\n', '"vim_mode": true, // always', '"enabled": true'],
  },
  aider: {
    file: '.aider.conf.yml',
    text: '# mine\ndark-mode: true\nset-env:\n  - FOO=1\n',
    stays: ['# mine\ndark-mode: true\n', '  - FOO=1\n'],
  },
};

test.each(toolIds)(
  '%s: files made fresh name the relay and the key, and undoing leaves nothing behind',
  async (tool) => {
    const done = await home.run([...relay, '-T', tool]);
    expect(done, done.errors).toMatchObject({ code: 0, errors: '' });
    const files = Object.keys(home.everything());
    const texts = files.map((file) => home.read(file)).join('\n');
    expect(texts).toContain(url);
    // Zed's key belongs into the keychain.
    expect(texts.includes(key)).toBe(tool !== 'zed');
    for (const file of files) if (home.read(file).includes(key)) expect(home.mode(file).toString(8)).toBe('600');
    expect(done.output).not.toContain(key);
    expect(await home.run(['undo'])).toMatchObject({ code: 0 });
    expect(fs.readdirSync(home.folder)).toEqual(['.config']);
    expect(fs.readdirSync(path.join(home.folder, '.config'))).toEqual(['ai-bridge']);
  },
);

test.each(toolIds)(
  '%s: its owner’s things stay, switching there and back, and undo is exact to the byte',
  async (tool) => {
    const { file, text, stays } = own[tool]!;
    home.write(file, text, 0o640);
    const before = home.everything();
    const model = ['-M', 'own-model'];
    expect(await home.run([...relay, '-T', tool])).toMatchObject({ code: 0 });
    const first = home.everything();
    for (const part of stays) expect(home.read(file)).toContain(part);
    const other = [
      'init',
      '-s',
      '-T',
      tool,
      '-p',
      'custom',
      '-u',
      'https://other.example.com/v1',
      '-k',
      'other-key',
      ...model,
    ];
    expect(await home.run(other)).toMatchObject({ code: 0 });
    const texts = Object.keys(home.everything()).map((one) => home.read(one));
    for (const part of stays) if (!part.includes('gpt-5.5')) expect(home.read(file)).toContain(part);
    expect(texts.join('\n')).toContain('other.example.com');
    expect(texts.join('\n')).not.toContain(key);
    expect(texts.join('\n')).not.toContain(url);
    expect(await home.run(['config-switch', 'ai-bridge', '-T', tool])).toMatchObject({ code: 0 });
    expect(readable(home.everything())).toEqual(readable(first));
    expect(await home.run(['undo', '-T', tool])).toMatchObject({ code: 0 });
    expect(home.everything()).toEqual(before);
  },
);

/** Blanks may differ after there and back; content and modes may not. */
const readable = (files: Readonly<Record<string, string>>) =>
  Object.entries(files).map(([file, line]) => {
    const [mode, hex = ''] = line.split(' ');
    const words = Buffer.from(hex, 'hex').toString().split(/\s+/).filter(Boolean);
    return [file, mode, words.sort()];
  });

test('Claude Code: the kind of key of the provider, one at a time, and models where the provider has its own', async () => {
  const env = () => JSON.parse(home.read('.claude/settings.json')).env;
  await home.run(['init', '-s', '-p', '302ai', '-k', 'sk-302']);
  expect(env()).toEqual({ ANTHROPIC_BASE_URL: 'https://api.302.ai/cc', ANTHROPIC_API_KEY: 'sk-302' });
  // Claude Code keeps the end of an approved key, which of a short one is all of it.
  expect(home.read('.claude.json')).toContain('"sk-302"');
  expect(home.mode('.claude.json')).toBe(0o600);
  await home.run(['init', '-s', '-p', 'kimi', '-k', 'sk-kimi']);
  expect(env()).toMatchObject({
    ANTHROPIC_BASE_URL: 'https://api.moonshot.cn/anthropic',
    ANTHROPIC_AUTH_TOKEN: 'sk-kimi',
    ANTHROPIC_MODEL: 'kimi-k2-0905-preview',
    ANTHROPIC_DEFAULT_HAIKU_MODEL: 'kimi-k2-turbo-preview',
  });
  expect(env()).not.toHaveProperty('ANTHROPIC_API_KEY');
  await home.run([...relay, '-M', 'claude-sonnet-4-6', '-F', 'claude-haiku-4-5']);
  expect(env()).toEqual({
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_AUTH_TOKEN: key,
    ANTHROPIC_MODEL: 'claude-sonnet-4-6',
    ANTHROPIC_DEFAULT_HAIKU_MODEL: 'claude-haiku-4-5',
  });
});

test.each([
  ['302ai', 'https://api.302.ai/v1', 'responses', undefined],
  ['glm', 'https://open.bigmodel.cn/api/coding/paas/v4', 'chat', 'GLM-4.7'],
  ['minimax', 'https://api.minimaxi.com/v1', 'chat', 'MiniMax-M2'],
  ['kimi', 'https://api.moonshot.cn/v1', 'chat', 'kimi-k2-0905-preview'],
])(
  'Codex with %s: its address, its protocol and its model, and a warning where Codex would refuse',
  async (provider, baseUrl, wire, model) => {
    const done = await home.run(['init', '-s', '-T', 'codex', '-p', provider, '-k', 'k-1']);
    const config = parseToml(home.read('.codex/config.toml')) as Record<string, Record<string, unknown>>;
    expect(config).toMatchObject({ model_provider: provider });
    expect(config['model']).toBe(model);
    expect(config['model_providers']?.[provider]).toMatchObject({ base_url: baseUrl, wire_api: wire });
    expect(done.output.includes('wire_api')).toBe(wire === 'chat');
  },
);

test('an address of one’s own: versions are put where each protocol wants them', async () => {
  await home.run(['init', '-s', '-t', 'api_key', '-k', 'k', '-u', 'https://x.example.com/v1/']);
  expect(JSON.parse(home.read('.claude/settings.json')).env).toEqual({
    ANTHROPIC_BASE_URL: 'https://x.example.com',
    ANTHROPIC_API_KEY: 'k',
  });
  await home.run(['init', '-s', '-T', 'codex', '-p', 'custom', '-k', 'k', '-u', 'https://x.example.com']);
  expect(home.read('.codex/config.toml')).toContain('base_url = "https://x.example.com/v1"');
});

test('several configurations at once, as text and as a file: one is set, each can be switched to, no key is shown', async () => {
  const list = [
    { provider: '302ai', key: 'sk-302ai-0123456789abcdef' },
    { provider: 'glm', key: 'sk-glm-0123456789abcdefgh', default: true },
    {
      name: 'mine',
      type: 'api_key',
      key: 'sk-custom-0123456789abc',
      url: 'https://c.example.com/v1',
      primaryModel: 'claude-sonnet-4-5',
    },
  ];
  const given = await home.run(['init', '-s', '--api-configs', JSON.stringify(list)]);
  expect(given, given.errors).toMatchObject({ code: 0 });
  expect(home.read('.claude/settings.json')).toContain('open.bigmodel.cn');
  const listed = await home.run(['config-switch', '--list']);
  expect(listed.output.split('\n').map((line) => line.slice(0, 7))).toEqual([
    'Claude ',
    '  302ai',
    '* glm  ',
    '  mine ',
  ]);
  for (const { key: secret } of list) expect(given.output + listed.output).not.toContain(secret);
  expect(await home.run(['config-switch', '302ai-config'])).toMatchObject({ code: 0 });
  expect(JSON.parse(home.read('.claude/settings.json')).env).toMatchObject({
    ANTHROPIC_BASE_URL: 'https://api.302.ai/cc',
  });
  expect(home.mode('.config/ai-bridge/state.json')).toBe(0o600);
  home.write('configs.json', JSON.stringify({ configs: list }));
  const file = path.join(home.folder, 'configs.json');
  expect(await home.run(['init', '-s', '-T', 'codex', '--api-configs-file', file])).toMatchObject({ code: 0 });
  expect(await home.run(['config-switch', 'glm-provider', '--code-type', 'codex'])).toMatchObject({ code: 0 });
  expect(await home.run(['config-switch', 'nobody'])).toMatchObject({
    code: 1,
    errors: expect.stringContaining('302ai, glm, mine'),
  });
});

test.each([
  ['{', /is not JSON/],
  ['[]', /has no entry/],
  ['[{"provider":"nope","key":"k"}]', /configs\[0\]\.provider: Unknown preset 'nope'.*302ai, glm/],
  ['[{"provider":"glm"}]', /configs\[0\]\.key/],
  ['[{"provider":"glm","key":"a"},{"provider":"glm","key":"b"}]', /'glm' is there twice/],
  ['[{"key":"a","type":"basic"}]', /api_key or auth_token/],
  ['[{"name":"x","key":"a"}]', /An address is missing/],
])('a list of configurations that cannot be meant is refused before any file is touched: %s', async (text, reason) => {
  expect(await home.run(['init', '-s', '--api-configs', text])).toMatchObject({
    code: 1,
    errors: expect.stringMatching(reason),
  });
  expect(fs.readdirSync(home.folder)).toEqual([]);
});

test('an unknown preset, tool, option or command is refused with what is valid, in the reader’s language', async () => {
  const preset = await home.run(['init', '-s', '-p', 'invalid-provider', '-k', 'sk-xxx']);
  expect(preset).toEqual({
    code: 1,
    output: '',
    errors: "Unknown preset 'invalid-provider'. Valid presets: ai-bridge, 302ai, glm, minimax, kimi, custom",
  });
  const inChinese = await home.run(['init', '-s', '-p', 'x', '-k', 'y'], { language: 'zh' });
  expect(inChinese.errors).toBe("未知预设 'x'。可用预设：ai-bridge, 302ai, glm, minimax, kimi, custom");
  expect(await home.run(['init', '-s', '-T', 'vim', '-k', 'y'])).toMatchObject({
    code: 1,
    errors: expect.stringContaining('aider'),
  });
  expect(await home.run(['init', '--nope'])).toMatchObject({ code: 1, errors: expect.stringContaining('--nope') });
  expect(await home.run(['explode'])).toMatchObject({ code: 1 });
  expect(fs.readdirSync(home.folder)).toEqual([]);
});

test('the key may come from standard input or the environment, and what is no key is refused', async () => {
  const piped = await home.run(['init', '-s', '-u', url, '-k', '-'], { input: `${key}\n` });
  expect(piped).toMatchObject({ code: 0 });
  expect(home.read('.claude/settings.json')).toContain(`"${key}"`);
  const variables = { AI_BRIDGE_API_KEY: 'ab-from-the-environment', AI_BRIDGE_URL: 'http://127.0.0.1:3001' };
  expect(await home.run(['init', '-s'], { variables })).toMatchObject({ code: 0 });
  expect(home.read('.claude/settings.json')).toContain('ab-from-the-environment');
  expect(home.read('.claude/settings.json')).toContain('"http://127.0.0.1:3001"');
  expect(await home.run(['init', '-s', '-u', url])).toMatchObject({ code: 1, errors: expect.stringContaining('-k -') });
  expect(await home.run(['init', '-s', '-u', url, '-k', 'a b'])).toMatchObject({ code: 1 });
  expect(await home.run(['init', '-s', '-u', 'ftp://x', '-k', 'k'])).toMatchObject({ code: 1 });
});

test('at a terminal it asks for what is missing, and stops without a trace when told to', async () => {
  const asked: string[] = [];
  const answers: Record<string, string> = { 'Which tool?': 'codex', 'Which provider?': 'custom' };
  const told = (question: string, answer: string | undefined) => {
    asked.push(question);
    return Promise.resolve(answer);
  };
  const prompts = {
    choose: (question: string) => told(question, answers[question]),
    ask: (question: string) => told(question, question === 'Model' ? '' : url),
    askSecret: (question: string) => told(question, key),
  };
  expect(await home.run(['init'], { prompts })).toMatchObject({ code: 0 });
  expect(asked).toEqual(['Which tool?', 'Which provider?', 'Its address', 'API key (not shown)', 'Model']);
  expect(home.read('.codex/config.toml')).toContain(url);
  const stopping = { ...prompts, askSecret: async () => undefined };
  const before = home.everything();
  expect(await home.run(['init'], { prompts: stopping })).toMatchObject({
    code: 1,
    errors: 'Stopped. Nothing was changed.',
  });
  expect(home.everything()).toEqual(before);
});

test('a tool that the provider cannot serve, or that needs a model, is refused in words', async () => {
  expect(await home.run(['init', '-s', '-T', 'gemini', '-p', 'glm', '-k', 'k'])).toMatchObject({
    code: 1,
    errors: expect.stringContaining('Gemini CLI'),
  });
  expect(await home.run(['init', '-s', '-T', 'zed', '-p', '302ai', '-k', 'k'])).toMatchObject({
    code: 1,
    errors: expect.stringContaining('-M'),
  });
});

test('the folders that tools are told by variables are honoured', async () => {
  const at = (name: string) => path.join(home.folder, name);
  const variables = { CLAUDE_CONFIG_DIR: at('c'), CODEX_HOME: at('x'), XDG_CONFIG_HOME: at('g') };
  for (const tool of ['claude-code', 'codex', 'opencode'])
    expect(await home.run([...relay, '-T', tool], { variables })).toMatchObject({ code: 0 });
  for (const file of [
    'c/settings.json',
    'c/.claude.json',
    'x/config.toml',
    'g/opencode/opencode.json',
    'g/ai-bridge/state.json',
  ])
    expect(home.exists(file), file).toBe(true);
  expect(home.exists('.claude')).toBe(false);
});

test('a name that a tool has taken for a provider of its own is not taken from it', async () => {
  const given = ['-p', 'custom', '-n', 'openai', '-u', url, '-k', 'k-1'];
  expect(await home.run(['init', '-s', '-T', 'codex', ...given])).toMatchObject({ code: 0 });
  expect(parseToml(home.read('.codex/config.toml'))).toMatchObject({ model_provider: 'custom-openai' });
});

test('Continue and Aider get entries that their own readers understand', async () => {
  await home.run([...relay, '-T', 'continue']);
  expect(parseYaml(home.read('.continue/config.yaml'))).toMatchObject({
    schema: 'v1',
    models: [{ provider: 'anthropic', apiBase: `${url}/v1`, apiKey: key }, { provider: 'openai' }],
  });
  await home.run([...relay, '-T', 'aider', '-M', 'gpt-4o']);
  expect(parseYaml(home.read('.aider.conf.yml'))).toMatchObject({
    model: 'openai/gpt-4o',
    'openai-api-base': `${url}/v1`,
  });
});

test('help and version say what they are asked, in both languages', async () => {
  expect(await home.run(['--version'])).toEqual({ code: 0, output: '1.2.3', errors: '' });
  expect((await home.run(['--help'])).output).toContain('config-switch --list');
  expect((await home.run(['init', '-h'], { language: 'zh' })).output).toContain('选项');
  expect(await home.run([])).toMatchObject({ code: 1 });
});

test('a size that a relay tells is written, and goes with the model it was of', async () => {
  const relay = createServer((request, response) => {
    const isAsked = request.url === '/v1/models' && request.headers.authorization === `Bearer ${key}`;
    const models = [
      { id: 'gpt-x', max_input_tokens: 300_000, max_tokens: null },
      { id: 'other', max_input_tokens: 1 },
      7,
    ];
    response.end(isAsked ? JSON.stringify({ data: models }) : '<html>');
  }).listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const address = `http://127.0.0.1:${(relay.address() as AddressInfo).port}`;
  const env = () => JSON.parse(home.read('.claude/settings.json')).env;
  try {
    const args = ['init', '-s', '-T', 'claude-code', '-u', address, '-k', key];
    await home.run([...args, '-M', 'gpt-x', '-n', 'large']);
    expect(env()).toMatchObject({ CLAUDE_CODE_MAX_CONTEXT_TOKENS: '300000' });
    await home.run([...args, '-M', 'kimi-x', '-n', 'unknown']);
    expect(env()).not.toHaveProperty('CLAUDE_CODE_MAX_CONTEXT_TOKENS');
    await home.run(['config-switch', 'large']);
    expect(env()).toMatchObject({ CLAUDE_CODE_MAX_CONTEXT_TOKENS: '300000', ANTHROPIC_MODEL: 'gpt-x' });
  } finally {
    relay.close();
  }
});
