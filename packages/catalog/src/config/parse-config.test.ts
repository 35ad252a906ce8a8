import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { ConfigError } from './config-error.ts';
import { parseConfig } from './parse-config.ts';

const parse = (text: string) => parseConfig(text, 'bridge.yaml', {});

function messageOf(text: string): string {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'accepted';
}

test('a whole file is read, with amounts exact and what presets know filled in', () => {
  const config = parse(`
channels:
  - name: anthropic-main
    preset: anthropic
    protocol: anthropic-messages
    baseUrl: http://127.0.0.1:9001/
    apiKeyEnv: MAIN_KEY
    allowPrivate: true
    models: { claude-sonnet-4-6: upstream-id }
    priority: 1
    weight: 10
    timeouts: { firstByteMs: 60000, idleMs: 120000 }
  - { name: glm, preset: glm, apiKey: k, models: [glm-4.7, GLM-4.7] }
  - { name: oai, preset: openai, apiKey: k }
models:
  - id: claude-sonnet-4-6
    price: { input: 3, output: "15", cacheRead: 0.3, cacheWrite5m: 3.75, cacheWrite1h: 6, webSearch: 0.01, rates: { fast: 200, us: 110 }, above: [{ tokens: 200000, input: 6, output: 22.5 }] }
    fallback: [gpt-4o, gemini-2.0-pro-exp]
plans:
  - { id: starter, tokens: 10000000, price: { amount: "9.90", currency: usd } }
  - { id: yen, tokens: 1, price: { amount: 1500, currency: JPY } }
settings: { siteName: AI-Bridge, currency: usd, showBalanceAs: tokens, crossModelFallback: true, signUp: open }
`);
  expect(config.channels).toMatchObject([
    {
      provider: 'anthropic',
      protocols: ['anthropic-messages'],
      baseUrl: 'http://127.0.0.1:9001',
      models: { 'claude-sonnet-4-6': 'upstream-id' },
      timeouts: { firstByteMs: 60_000, idleMs: 120_000 },
    },
    { baseUrl: 'https://open.bigmodel.cn/api/anthropic', models: { 'glm-4.7': 'glm-4.7', 'GLM-4.7': 'GLM-4.7' } },
    { protocols: ['openai-chat', 'openai-responses'], models: { '*': '*' }, priority: 1, weight: 1, enabled: true },
  ]);
  expect(config.models?.[0]?.price).toEqual({
    input: 3_000_000_000n,
    output: 15_000_000_000n,
    cacheRead: 300_000_000n,
    cacheWrite5m: 3_750_000_000n,
    cacheWrite1h: 6_000_000_000n,
    requestFee: 0n,
    webSearch: 10_000_000n,
    ratePercents: { fast: 200, us: 110 },
    tiers: [{ aboveTokens: 200_000, input: 6_000_000_000n, output: 22_500_000_000n }],
  });
  expect(config.plans?.map(({ price }) => price)).toEqual([
    { amountMinor: 990n, currency: 'usd' },
    { amountMinor: 1500n, currency: 'jpy' },
  ]);
});

test('an empty file and one of comments are no sections', () => {
  expect(parse('')).toEqual({});
  expect(parse('# nothing yet\n')).toEqual({});
});

test('an unknown field is named with file, path and the fields that are known', () => {
  expect(messageOf('chanels: []')).toBe(
    'bridge.yaml: chanels: unknown field, expected one of groups, channels, egress, models, plans, settings',
  );
  expect(messageOf('channels: [{ name: a, preset: openai, apiKey: k, timeouts: { idle: 1 } }]')).toBe(
    'bridge.yaml: channels[0].timeouts.idle: unknown field, expected one of firstByteMs, idleMs, totalMs',
  );
  expect(messageOf('models: [{ id: m, price: { input: 1, output: 1, above: [{ tokens: 5, in: 1 }] } }]')).toBe(
    'bridge.yaml: models[0].price.above[0].in: unknown field, expected one of tokens, input, output, cacheRead, cacheWrite5m, cacheWrite1h',
  );
});

test.each([
  ['channels: [{ preset: openai, apiKey: k }]', 'channels[0].name: expected string'],
  ['channels: [{ name: a, preset: nope, apiKey: k }]', 'channels[0].preset: expected one of "anthropic"|"openai"'],
  [
    'channels: [{ name: a, preset: custom, baseUrl: "https://x.example.com" }]',
    'channels[0].protocol: expected one of',
  ],
  ['channels: [{ name: a, preset: custom, protocol: gemini }]', 'channels[0].baseUrl: expected a URL'],
  ['channels: [{ name: a, preset: anthropic, protocol: gemini, apiKey: k }]', 'channels[0].protocol: expected one of'],
  ['channels: [{ name: a, preset: openai }]', 'channels[0].apiKeyEnv: expected'],
  ['channels: [{ name: a, preset: openai, apiKey: k, apiKeyEnv: K }]', 'channels[0].apiKeyEnv: expected either'],
  ['channels: [{ name: a, preset: openai, baseUrl: "http://10.0.0.1" }]', 'channels[0].baseUrl: expected a public'],
  ['channels: [{ name: a, preset: openai, baseUrl: "ftp://x.org" }]', 'channels[0].baseUrl: expected an http'],
  ['channels: [{ name: a, preset: openrouter, apiKey: k }]', 'channels[0].models: expected a map'],
  ['channels: [{ name: a, preset: openai, apiKey: k, models: some }]', 'channels[0].models: expected "*", a list'],
  ['channels: [{ name: a, preset: openai, apiKey: k, weight: 0 }]', 'channels[0].weight: expected number to be >=1'],
  [
    'channels: [{ name: a, preset: openai, apiKey: k, limits: { spendPerDayUsd: 0 } }]',
    'channels[0].limits.spendPerDayUsd: expected an amount in USD such as 5 or 2.50',
  ],
  [
    'channels: [{ name: a, preset: glm, apiKey: k }, { name: a, preset: kimi, apiKey: k }]',
    'channels[1].name: expected',
  ],
  ['models: [{ id: m, capabilities: { images: maybe } }]', 'models[0].capabilities.images: expected boolean'],
  ['models: [{ id: m, capabilities: { vision: true } }]', 'models[0].capabilities.vision: unknown field'],
  ['models: [{ id: m, price: { input: 1.0000001, output: 1 } }]', 'models[0].price.input: expected USD per million'],
  ['models: [{ id: m, price: { input: -1, output: 1 } }]', 'models[0].price.input: expected USD per million'],
  ['models: [{ id: m, price: { input: "1e3", output: 1 } }]', 'models[0].price.input: expected USD per million'],
  ['models: [{ id: m, price: { input: .nan, output: 1 } }]', 'models[0].price.input: expected USD per million'],
  ['models: [{ id: m, price: { input: 1 } }]', 'models[0].price.output: expected USD per million'],
  ['models: [{ id: m, price: { input: 1, output: 1, above: [{tokens: 5}, {tokens: 5}] } }]', 'models[0].price.above: '],
  ['models: [{ id: m, fallback: [m] }]', 'models[0].fallback: expected other models'],
  ['models: [{ id: m }, { id: m }]', 'models[1].id: expected'],
  [
    'plans: [{ id: p, tokens: 1, price: { amount: 0, currency: usd } }]',
    'plans[0].price.amount: expected an amount above',
  ],
  [
    'plans: [{ id: p, tokens: 1, price: { amount: 1, currency: usd }, activeFrom: tomorrow }]',
    'plans[0].activeFrom: expected a time such as',
  ],
  ['plans: [{ id: p, tokens: 1.5, price: { amount: "1", currency: usd } }]', 'plans[0].tokens: expected int'],
  ['plans: [{ id: p, tokens: 1, price: { amount: "1.001", currency: usd } }]', 'plans[0].price.amount: expected an'],
  ['plans: [{ id: p, tokens: 1, price: { amount: 1.5, currency: jpy } }]', 'plans[0].price.amount: expected an amount'],
  [
    'plans: [{ id: p, tokens: 1, price: { amount: 1, currency: zzz } }]',
    'plans[0].price.currency: expected a currency',
  ],
  ['egress: [{ name: a }]', 'egress[0].url: expected a URL'],
  ['egress: [{ name: a, url: "http://p.example.com", urlEnv: P }]', 'egress[0].urlEnv: expected either'],
  ['egress: [{ name: a, url: "ftp://p.example.com" }]', 'egress[0].url: expected an http, https or socks5 URL'],
  ['egress: [{ name: a, url: "http://10.0.0.1" }]', 'egress[0].url: expected a public address'],
  ['egress: [{ name: "a\\nb", url: "http://p.example.com" }]', 'egress[0].name: expected 1 to 64 letters'],
  ['egress: [{ name: a, pool: E U, url: "http://p.example.com" }]', 'egress[0].pool: expected 1 to 32'],
  [
    'egress: [{ name: a, url: "http://p.example.com" }, { name: a, url: "http://q.example.com" }]',
    'egress[1].name: expected a name that is used once',
  ],
  ['channels: [{ name: a, preset: openai, apiKey: k, egress: 1 }]', 'channels[0].egress: expected string'],
  ['settings: { signUp: maybe }', 'settings.signUp: expected one of "open"|"closed"'],
  ['settings: { signUpLimits: { rpm: 0 } }', 'settings.signUpLimits.rpm: expected number to be >=1'],
  ['channels: nope', 'channels: expected array'],
  ['just text', 'bridge.yaml: expected object'],
  ['channels: [', 'line 1: '],
  ['a: 1\na: 2', 'line 2: '],
])('%s is refused by its path', (text, expected) => {
  const message = messageOf(text);
  expect(message).toMatch(/^bridge\.yaml: /);
  expect(message).toContain(expected);
});

test('every problem has its own line, and no line quotes a value', () => {
  const message = messageOf(
    'channels: [{ name: a, preset: openai, apiKey: sk-secret, x: sk-secret, weight: sk-secret }]',
  );
  expect(message.split('\n')).toHaveLength(2);
  expect(message).not.toContain('sk-secret');
});

test('sections of other packages are checked in the same pass and handed back', () => {
  const text = 'teams: [{ name: a }]\nsettings: { signUp: closed }';
  const sections = { teams: z.array(z.strictObject({ name: z.string() })).optional() };
  expect(parseConfig(text, 'f', sections)).toEqual({ teams: [{ name: 'a' }], settings: { signUp: 'closed' } });
  expect(() => parseConfig('teams: [{ names: a }]', 'f', sections)).toThrow(
    'f: teams[0].names: unknown field, expected one of name',
  );
});

test('prices of up to six decimals are read exactly, as number or string', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 0, max: 999_999 }), (whole, millionths) => {
      const text = `${whole}.${String(millionths).padStart(6, '0')}`;
      const exact = BigInt(whole) * 1_000_000_000n + BigInt(millionths) * 1_000n;
      const { models } = parse(`models: [{ id: m, price: { input: ${text}, output: "${text}" } }]`);
      expect([models?.[0]?.price?.input, models?.[0]?.price?.output]).toEqual([exact, exact]);
    }),
    { numRuns: 200 },
  );
});
