import type { Caller } from '@ai-bridge/access/callers';
import type { CatalogSnapshot, ChannelSnapshot, ModelSnapshot } from '@ai-bridge/catalog';
import type { Price } from '@ai-bridge/domain';
import { expect, test } from 'vitest';
import { planRoute, protocolOn, protocolsOn, upstreamModel } from './plan-route.ts';

const price = { id: 'prc_1' } as Price;
const channel = (id: string, over: Partial<ChannelSnapshot> = {}) =>
  ({
    id,
    provider: 'anthropic',
    isDemo: false,
    protocols: ['anthropic-messages'],
    models: new Map([['m', 'up-m']]),
    servesAll: false,
    priority: 1,
    weight: 1,
    ...over,
  }) as ChannelSnapshot;
const snapshot = (channels: ChannelSnapshot[], model: Partial<ModelSnapshot> = {}) =>
  ({
    channels,
    models: new Map([['m', { id: 'm', provider: 'anthropic', price, ...model } as ModelSnapshot]]),
  }) as unknown as CatalogSnapshot;
const caller = (models: string[] = []) => ({ models: new Set(models) }) as unknown as Caller;
const question = {
  model: 'm',
  protocol: 'anthropic-messages' as const,
  isConvertible: false,
  provider: undefined,
  home: undefined,
  session: undefined,
};
const codeOf = (work: () => unknown) => {
  try {
    work();
    return 'planned';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

test('lower priority numbers come first, whatever the draw', () => {
  const plan = planRoute(
    question,
    caller(),
    snapshot([channel('b', { priority: 2 }), channel('a', { priority: 1 })]),
    () => 0.999,
  );
  expect(plan.channels.map(({ id }) => id)).toEqual(['a', 'b']);
});

test('within a priority channels are drawn by weight', () => {
  const catalog = snapshot([channel('heavy', { weight: 9 }), channel('light', { weight: 1 })]);
  let heavy = 0;
  for (let i = 0; i < 2_000; i++) if (planRoute(question, caller(), catalog).channels[0]?.id === 'heavy') heavy++;
  expect(heavy).toBeGreaterThan(1_700);
  expect(heavy).toBeLessThan(1_900);
});

test('one conversation goes to one channel every time', () => {
  const catalog = snapshot(['a', 'b', 'c', 'd'].map((id) => channel(id)));
  const first = (session: string) => planRoute({ ...question, session }, caller(), catalog).channels[0]?.id;
  for (const session of ['s1', 's2', 's3'])
    expect(new Set(Array.from({ length: 20 }, () => first(session))).size).toBe(1);
  expect(new Set(Array.from({ length: 50 }, (_, i) => first(`s${i}`))).size).toBe(4);
});

test('what can be put into other words goes to channels of any protocol, the client’s own first', () => {
  const gemini = channel('first', { protocols: ['gemini'], priority: 0 });
  const catalog = snapshot([gemini, channel('own', { priority: 9 })]);
  const plan = planRoute({ ...question, isConvertible: true }, caller(), catalog);
  expect(plan.channels.map(({ id }) => id)).toEqual(['own', 'first']);
  expect(plan.channels.map((one) => protocolOn(one, 'anthropic-messages'))).toEqual(['anthropic-messages', 'gemini']);
  expect(planRoute(question, caller(), catalog).channels.map(({ id }) => id)).toEqual(['own']);
});

test('a channel with several protocols is spoken to in the client’s own, else in the richest first', () => {
  const openai = channel('o', { protocols: ['openai-chat', 'openai-responses'] });
  expect(protocolsOn(openai, 'openai-chat')).toEqual(['openai-chat']);
  expect(protocolsOn(openai, 'anthropic-messages')).toEqual(['openai-responses', 'openai-chat']);
});

test('objects that a request names are only where they are kept', () => {
  const catalog = snapshot([channel('a'), channel('b')]);
  const plan = planRoute({ ...question, home: 'b' }, caller(), catalog);
  expect(plan.channels.map(({ id }) => id)).toEqual(['b']);
  expect(codeOf(() => planRoute({ ...question, home: 'gone' }, caller(), catalog))).toBe('no_channel');
});

test('what cannot be served is refused with the right code', () => {
  expect(codeOf(() => planRoute({ ...question, model: 'x' }, caller(), snapshot([channel('a')])))).toBe(
    'model_not_found',
  );
  expect(codeOf(() => planRoute(question, caller(), snapshot([channel('a')], { price: undefined })))).toBe(
    'model_not_found',
  );
  expect(codeOf(() => planRoute(question, caller(['other']), snapshot([channel('a')])))).toBe('model_not_allowed');
  expect(codeOf(() => planRoute(question, caller(), snapshot([])))).toBe('no_channel');
  expect(codeOf(() => planRoute({ ...question, protocol: 'gemini' }, caller(), snapshot([channel('a')])))).toBe(
    'no_channel',
  );
});

test('a channel that is left out says why', () => {
  const plan = planRoute(
    question,
    caller(),
    snapshot([channel('a'), channel('b', { models: new Map() }), channel('c', { protocols: ['gemini'] })]),
  );
  expect(plan.rejected).toEqual([
    { channelId: 'b', reason: 'does not serve this model' },
    { channelId: 'c', reason: 'does not speak anthropic-messages' },
  ]);
});

test('a channel may know the model by another id', () => {
  const model = { id: 'm' } as ModelSnapshot;
  expect(upstreamModel(channel('a'), model)).toBe('up-m');
  expect(upstreamModel(channel('a', { models: new Map() }), model)).toBe('m');
});
