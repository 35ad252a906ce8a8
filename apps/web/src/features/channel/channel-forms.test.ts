import { presets } from '@ai-bridge/catalog';
import { expect, test } from 'vitest';
import { type Channel, filterQuery, matches, readFilter } from './channel-filter.ts';
import { costPercentText, readCostPercent } from './cost-percent.ts';
import { editInput, editOf } from './edit-channel-form.ts';
import { limitFormOf, limitInput, noLimits } from './limit-form.ts';
import { limitUses, tightest, usedPercent } from './limit-use.ts';
import { modelsForm, modelsOf, withRows } from './model-rows.ts';
import { channelCount, formOf, newChannelInput, withPreset } from './new-channel-form.ts';
import { siblingsOf } from './siblings.ts';
import { suggestPublicId } from './suggest-public-id.ts';
import { type Choices, modelForTest, servedModels } from './test-model.ts';

const preset = (id: keyof typeof presets) =>
  ({ id, needsModels: false, toolModels: undefined, ...presets[id] }) as Choices['presets'][number];

function channel(part: Partial<Channel> = {}): Channel {
  const at = new Date(0);
  return {
    ...{ id: 'chn_1', name: 'main', preset: 'anthropic', provider: 'anthropic', protocols: ['anthropic-messages'] },
    ...{ baseUrl: 'https://api.anthropic.com', allowPrivate: false, models: { '*': '*' }, priority: 1, weight: 2 },
    ...{
      timeouts: { idleMs: 5 },
      groups: ['default'],
      egressPool: null,
      codexInstructions: 'keep_original',
      limits: {},
    },
    ...{
      costBasisPoints: 6_250,
      enabled: true,
      origin: 'console',
      hasCredential: true,
      createdAt: at,
      updatedAt: at,
      health: undefined,
    },
    ...part,
  } as Channel;
}

test('a provider and a key are all that is sent when nothing else is typed, with every address of the provider', () => {
  const form = { ...formOf(preset('kimi')), credential: ' key ' };
  expect(channelCount(form)).toBe(2);
  expect(newChannelInput(form)).toMatchObject({
    ...{
      preset: 'kimi',
      name: undefined,
      credential: 'key',
      priority: undefined,
      groups: ['default'],
      egressPool: null,
    },
    endpoints: [{ protocols: ['anthropic-messages'], baseUrl: undefined }, { protocols: ['openai-chat'] }],
  });
});

test('what was typed stays when another provider is chosen; a custom one begins with the commonest protocol', () => {
  const form = withPreset({ ...formOf(preset('kimi')), credential: 'key', name: 'n' }, preset('custom'));
  expect(form).toMatchObject({ preset: 'custom', credential: 'key', name: 'n' });
  expect(newChannelInput(form).endpoints).toEqual([{ protocols: ['openai-chat'], baseUrl: undefined }]);
});

test('an edit that types nothing changes nothing', () => {
  const one = channel({ models: { a: 'b' }, egressPool: 'asia' });
  expect(editInput(one, editOf(one))).toMatchObject({
    ...{
      channelId: 'chn_1',
      name: 'main',
      protocols: ['anthropic-messages'],
      credential: undefined,
      models: { a: 'b' },
    },
    ...{ priority: 1, weight: 2, groups: ['default'], egressPool: 'asia', codexInstructions: 'keep_original' },
    costBasisPoints: 6_250,
    timeouts: { firstByteMs: undefined, idleMs: 5, totalMs: undefined },
  });
});

test('what a channel costs is typed in percent and read exactly; empty is list price, and too fine a share is left to be refused', () => {
  const all = Array.from({ length: 100_001 }, (_, basisPoints) => basisPoints);
  expect(all.filter((basisPoints) => readCostPercent(costPercentText(basisPoints)) !== basisPoints)).toEqual([]);
  expect(['62.50', '0', '100', '', '.5', '62.555'].map(readCostPercent)).toEqual([
    ...[6_250, 0, 10_000, undefined, 50, 6_255.5],
  ]);
  expect(readCostPercent('1.2.3')).toBe(120);
});

test('limits read and write back as they were; empty is none, and what is no amount is left to be refused', () => {
  const limits = { concurrency: 3, rpm: 60, tpm: 9_000, spendPerDayNanoUsd: 2_500_000_000n, spendPerMonthNanoUsd: 1n };
  expect(limitInput(limitFormOf(limits))).toEqual(limits);
  expect(limitFormOf(limits)).toMatchObject({ spendPerDay: '2.5', spendPerMonth: '0.000000001' });
  expect(limitFormOf(limitInput(noLimits))).toEqual(noLimits);
  expect(Object.values(limitInput(noLimits)).every((limit) => limit === undefined)).toBe(true);
  expect(limitInput({ ...noLimits, spendPerDay: '1.2.3', rpm: '0' })).toMatchObject({ spendPerDayNanoUsd: 0n, rpm: 0 });
});

test('what is used of limits is what workers tell and the books say; the tightest is the one with least left', () => {
  const limits = { concurrency: 4, rpm: 60, spendPerDayNanoUsd: 200n };
  const health = { inFlight: 1, requestsLastMinute: 45 } as Channel['health'];
  const spent = { channelId: 'chn_1', dayNanoUsd: 100n, monthNanoUsd: 900n };
  const uses = limitUses(channel({ limits, health }), spent);
  expect(uses.map((use) => [use.name, use.used, usedPercent(use)])).toEqual([
    ['concurrency', 1n, 25],
    ['rpm', 45n, 75],
    ['spendPerDay', 100n, 50],
  ]);
  expect(tightest(uses)?.name).toBe('rpm');
  const unknown = limitUses(channel({ limits }), undefined);
  expect(unknown.map(({ used }) => used)).toEqual([0n, 0n, undefined]);
  expect(limitUses(channel({ limits }), null).at(-1)?.used).toBe(0n);
  expect(tightest(limitUses(channel(), undefined))).toBeUndefined();
});

test('models read and write back as they were; imported ones take the place of the same public id', () => {
  for (const models of [{ '*': '*' }, { a: 'b', c: 'c' }, { '*': '*', a: 'b' }, {}])
    expect(modelsOf(modelsForm(models))).toEqual(models);
  expect(
    modelsOf(withRows(modelsForm({ '*': '*', a: 'old', k: 'k' }), [{ publicId: 'a', upstreamId: 'new' }])),
  ).toEqual({
    a: 'new',
    k: 'k',
  });
  expect(
    modelsOf({
      servesAll: false,
      rows: [
        { publicId: ' a ', upstreamId: '' },
        { publicId: '', upstreamId: 'x' },
      ],
    }),
  ).toEqual({ a: 'a' });
});

test('the public id of an upstream’s model is found through vendor, dots and dates', () => {
  const known = ['claude-sonnet-4-6', 'claude-3-5-haiku-20241022', 'gpt-4o', 'gemini-2.5-pro'];
  expect(suggestPublicId('anthropic/claude-sonnet-4.6', known)).toBe('claude-sonnet-4-6');
  expect(suggestPublicId('claude-3-5-haiku-latest', known)).toBe('claude-3-5-haiku-20241022');
  expect(suggestPublicId('openai/gpt-4o-2024-08-06', known)).toBe('gpt-4o');
  expect(suggestPublicId('models/gemini-2.5-pro', known)).toBe('gemini-2.5-pro');
  expect(suggestPublicId('gpt-4o-mini', known)).toBeUndefined();
});

test('a test is offered the newest small model that chats', () => {
  const models = ['claude-3-5-haiku', 'claude-haiku-5', 'claude-opus-5'].map((id) => ({
    id,
    provider: 'anthropic',
    hasPrice: true,
  }));
  const choices = {
    presets: [preset('anthropic')],
    models: [...models, { id: 'gpt-5-mini', provider: 'openai', hasPrice: true }],
  } as unknown as Choices;
  expect(modelForTest(servedModels(channel(), choices))).toBe('claude-haiku-5');
  expect(modelForTest(servedModels(channel({ models: { only: 'up' } }), choices))).toBe('only');
  expect(modelForTest(['text-embedding-3-small', 'gpt-5', 'tts-1'])).toBe('gpt-5');
  expect(modelForTest([])).toBeUndefined();
});

test('a filter is read from the address and written back; an unknown state narrows nothing', () => {
  const query = { search: 'main', state: 'trouble', protocol: 'gemini', group: 'codex' };
  expect(filterQuery(readFilter(new URLSearchParams(query)))).toEqual(query);
  expect(filterQuery(readFilter(new URLSearchParams({ state: 'x' })))).toEqual({});
  const none = readFilter(new URLSearchParams());
  const ejected = channel({ health: { state: 'open' } as Channel['health'] });
  expect(matches(ejected, { ...none, state: 'trouble' })).toBe(true);
  expect(matches(channel(), { ...none, state: 'trouble' })).toBe(false);
  expect(matches({ ...ejected, enabled: false }, { ...none, state: 'trouble' })).toBe(false);
  expect(matches(channel({ models: { 'claude-x': 'u' } }), { ...none, search: 'CLAUDE-X' })).toBe(true);
});

test('channels made together know each other by preset and name, and no others', () => {
  const all = [
    channel({ id: '1', name: 'kimi-anthropic', preset: 'kimi' }),
    channel({ id: '2', name: 'kimi-openai', preset: 'kimi' }),
    channel({ id: '3', name: 'kimi-2-openai', preset: 'kimi' }),
    channel({ id: '4', name: 'kimi-gemini', preset: 'custom' }),
  ];
  expect(siblingsOf(all[0] as Channel, all).map(({ id }) => id)).toEqual(['2']);
  expect(siblingsOf(channel(), all)).toEqual([]);
});
