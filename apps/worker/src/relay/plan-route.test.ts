import type { CatalogSnapshot, ChannelSnapshot, GroupSnapshot } from '@ai-bridge/catalog';
import { expect, test } from 'vitest';
import type { RelayCaller } from '../callers/relay-caller.ts';
import type { Verdict } from '../channels/channel-health.ts';
import {
  caller,
  channel,
  errorOf,
  group,
  idsOf,
  model,
  ownKey,
  planned,
  question,
  serves,
  snapshot,
  views,
  withFallback,
  withFee,
} from './plan-route.fixture.ts';
import { planFallbacks } from './plan-route.ts';
import type { RouteQuestion } from './route-plan.ts';
import { protocolOn, protocolsOn, upstreamModel } from './spoken-protocols.ts';

test('lower priority numbers come first, whatever the draw', () => {
  const channels = [channel('b', { priority: 2 }), channel('a', { priority: 1 })];
  expect(idsOf(planned(snapshot(channels), { seen: views({}, () => 0.999) }))).toEqual(['a', 'b']);
});

test('another name of a model means the model, on every list too', () => {
  const asked = { ...question, model: 'other-name' };
  const catalog = snapshot([channel('a')], { groups: [group({ models: new Set(['m']) })] });
  const plan = planned(catalog, { asked, by: caller({ models: new Set(['m']) }) });
  expect([plan.model.id, idsOf(plan)]).toEqual(['m', ['a']]);
  const elsewhere = { asked, by: caller({ models: new Set(['another']) }) };
  expect(errorOf(() => planned(catalog, elsewhere))).toMatchObject({ code: 'model_not_allowed' });
});

test('within a priority channels are drawn by weight', () => {
  const catalog = snapshot([channel('heavy', { weight: 9 }), channel('light', { weight: 1 })]);
  let heavy = 0;
  for (let i = 0; i < 2_000; i++) if (idsOf(planned(catalog))[0] === 'heavy') heavy++;
  expect(heavy).toBeGreaterThan(1_700);
  expect(heavy).toBeLessThan(1_900);
});

test('one conversation goes to one channel every time', () => {
  const catalog = snapshot(['a', 'b', 'c', 'd'].map((id) => channel(id)));
  const first = (session: string) => idsOf(planned(catalog, { asked: { ...question, session } }))[0];
  for (const session of ['s1', 's2', 's3'])
    expect(new Set(Array.from({ length: 20 }, () => first(session))).size).toBe(1);
  expect(new Set(Array.from({ length: 50 }, (_, i) => first(`s${i}`))).size).toBe(4);
});

test('a conversation is answered where it was last, but for another priority or an ejection', () => {
  const stays = [{ model: 'm', channelId: 'b', cachedTokens: 9 }];
  const first = (channels: ChannelSnapshot[], verdicts: Record<string, Verdict> = {}) =>
    new Set(
      Array.from({ length: 30 }, (_, i) => {
        const asked = { ...question, session: `s${i}`, stays };
        return idsOf(planned(snapshot(channels), { asked, seen: views(verdicts) }))[0];
      }),
    );
  expect(first([channel('a', { weight: 100 }), channel('b')])).toEqual(new Set(['b']));
  expect(first([channel('a'), channel('b')], { b: 'doubtful' })).toEqual(new Set(['b']));
  expect(first([channel('a'), channel('b', { priority: 2 })])).toEqual(new Set(['a']));
  expect(first([channel('a'), channel('b')], { b: 'ejected' })).toEqual(new Set(['a']));
});

test('what just failed is the second choice among its like, not before another priority', () => {
  const seen = views({ a: 'doubtful' });
  expect(idsOf(planned(snapshot([channel('a', { weight: 100 }), channel('b')]), { seen }))).toEqual(['b', 'a']);
  expect(idsOf(planned(snapshot([channel('a'), channel('b', { priority: 2 })]), { seen }))).toEqual(['a', 'b']);
});

test('an ejected channel is passed over with its reason while another one is well', () => {
  const plan = planned(snapshot([channel('a'), channel('b')]), { seen: views({ a: 'ejected' }) });
  expect(idsOf(plan)).toEqual(['b']);
  expect(plan.rejected).toEqual([{ model: 'm', channelId: 'a', reason: 'is ejected: status 500' }]);
});

test('where nothing is well, ejected channels are tried as probes, but never beside another trial', () => {
  const channels = [channel('a', { priority: 2 }), channel('b'), channel('c')];
  const seen = views({ a: 'ejected', b: 'resting', c: 'on_trial' });
  const plan = planned(snapshot(channels), { seen });
  expect(plan.candidates.map(({ channel: { id }, isProbe }) => [id, isProbe])).toEqual([
    ['b', true],
    ['a', true],
  ]);
  const error = errorOf(() => planned(snapshot([channel('c')]), { seen }));
  expect(error).toMatchObject({ code: 'overloaded', detail: { retryAfterSeconds: 4 } });
  expect(error.rejected).toEqual([
    { model: 'm', channelId: 'c', reason: 'is on trial, one request at a time: status 500' },
  ]);
});

test('a channel that said when to come back is not tried before, whatever else there is', () => {
  const seen = views({ a: 'waiting', b: 'ejected' });
  expect(idsOf(planned(snapshot([channel('a'), channel('b')]), { seen }))).toEqual(['b']);
  const error = errorOf(() => planned(snapshot([channel('a')]), { seen }));
  expect(error).toMatchObject({ code: 'overloaded', detail: { retryAfterSeconds: 4 } });
  expect(error.rejected).toEqual([{ model: 'm', channelId: 'a', reason: 'said when to come back: status 500' }]);
  const other = withFallback([serves('a', 'm'), serves('c', 'f')]);
  expect(planned(other, { seen }).candidates.map(({ model: { id } }) => id)).toEqual(['f']);
});

test('the models of the chain stand behind the one asked for, in the chain’s order, each at its own price', () => {
  const catalog = withFallback([serves('a', 'm'), serves('b', 'g'), serves('c', 'f'), serves('d', 'free')]);
  const plan = planned(catalog);
  expect(idsOf(plan)).toEqual(['a']);
  expect(planFallbacks(plan, caller(), views()).candidates.map((one) => [one.model.id, one.channel.id])).toEqual([
    ['f', 'c'],
    ['g', 'b'],
  ]);
});

test('where no channel of the model is well, its fallbacks come before any probe', () => {
  const catalog = withFallback([serves('a', 'm'), serves('c', 'f')]);
  const plan = planned(catalog, { seen: views({ a: 'ejected' }) });
  expect(plan.candidates.map(({ model: { id }, isProbe }) => [id, isProbe])).toEqual([
    ['f', false],
    ['m', true],
  ]);
});

test.each<
  [string, { asked?: RouteQuestion; by?: RelayCaller }, { crossModelFallback?: boolean; groups?: GroupSnapshot[] }]
>([
  ['a strict key', { by: caller({ strict: true }) }, {}],
  ['the request', { asked: { ...question, mayFallBack: false } }, {}],
  ['objects that are named', { asked: { ...question, home: 'a' } }, {}],
  ['the site', {}, { crossModelFallback: false }],
  ['the key’s own list', { by: caller({ models: new Set(['m']) }) }, {}],
  ['the group’s list', {}, { groups: [group({ models: new Set(['m']) })] }],
])('no other model answers against the word of %s', (_, asking, site) => {
  const plan = planned(withFallback([serves('a', 'm'), serves('c', 'f')], site), asking);
  expect(planFallbacks(plan, asking.by ?? caller(), views()).candidates).toEqual([]);
});

test('what can be put into other words goes to channels of any protocol, the client’s own first', () => {
  const gemini = channel('first', { protocols: ['gemini'], priority: 0 });
  const catalog = snapshot([gemini, channel('own', { priority: 9 })]);
  expect(idsOf(planned(catalog, { asked: { ...question, isConvertible: true } }))).toEqual(['own', 'first']);
  expect(protocolOn(gemini, 'anthropic-messages')).toBe('gemini');
  const plan = planned(catalog);
  expect(idsOf(plan)).toEqual(['own']);
  expect(plan.rejected).toEqual([{ model: 'm', channelId: 'first', reason: 'does not speak anthropic-messages' }]);
});

test('a channel with several protocols is spoken to in the client’s own, else in the richest first', () => {
  const openai = channel('o', { protocols: ['openai-chat', 'openai-responses'] });
  expect(protocolsOn(openai, 'openai-chat')).toEqual(['openai-chat']);
  expect(protocolsOn(openai, 'anthropic-messages')).toEqual(['openai-responses', 'openai-chat']);
});

test('objects that a request names are only where they are kept', () => {
  const catalog = snapshot([channel('a'), channel('b')]);
  expect(idsOf(planned(catalog, { asked: { ...question, home: 'b' } }))).toEqual(['b']);
  expect(errorOf(() => planned(catalog, { asked: { ...question, home: 'gone' } })).code).toBe('no_channel');
});

test('a group reaches its own channels at its own multiplier; the demo is there for everybody', () => {
  const terms = { multiplierBasisPoints: 8_000, forgivenTokens: 0 };
  const groups = [group(), group({ id: 'economy', terms })];
  const channels = [channel('a'), channel('b', { groups: new Set(['economy']) }), channel('demo', { isDemo: true })];
  const plan = planned(snapshot(channels, { groups }), { by: caller({ group: 'economy' }) });
  expect(idsOf(plan).sort()).toEqual(['b', 'demo']);
  expect(plan.candidates.map((candidate) => candidate.terms)).toEqual([terms, terms]);
});

test('what cannot be served is refused with the right code', () => {
  const catalog = snapshot([channel('a')]);
  const codeOf = (...asking: Parameters<typeof planned>) => errorOf(() => planned(...asking)).code;
  expect(codeOf(catalog, { asked: { ...question, model: 'x' } })).toBe('model_not_found');
  expect(codeOf(snapshot([channel('a')], { models: [model('m', { price: undefined })] }))).toBe('model_not_found');
  expect(codeOf(catalog, { by: caller({ models: new Set(['other']) }) })).toBe('model_not_allowed');
  expect(codeOf(snapshot([]))).toBe('no_channel');
  expect(codeOf(catalog, { asked: { ...question, protocol: 'gemini' } })).toBe('no_channel');
});

test('a group that is gone, hides the model, or has none of its channels refuses it and says which group', () => {
  const detailOf = (catalog: CatalogSnapshot, by: RelayCaller) => {
    const error = errorOf(() => planned(catalog, { by }));
    return [error.code, error.detail.group, error.detail.reason];
  };
  const groups = [group({ models: new Set(['other']) }), group({ id: 'codex' })];
  const catalog = snapshot([channel('a')], { groups });
  expect(detailOf(catalog, caller({ group: 'old' }))).toEqual([
    'model_not_allowed',
    'old',
    'no longer exists or is switched off',
  ]);
  expect(detailOf(catalog, caller())).toEqual(['model_not_allowed', 'default', undefined]);
  expect(detailOf(catalog, caller({ group: 'codex' }))).toEqual(['model_not_allowed', 'codex', undefined]);
});

test('a request that finds no way says why of every channel', () => {
  const groups = [group(), group({ id: 'codex' })];
  const channels = [
    channel('a', { protocols: ['gemini'] }),
    channel('b', { models: new Map() }),
    channel('c', { groups: new Set(['codex']) }),
  ];
  expect(errorOf(() => planned(snapshot(channels, { groups }))).rejected.map(({ reason }) => reason)).toEqual([
    'does not speak anthropic-messages',
    'does not serve this model',
    'is not open to the group default',
  ]);
});

test('a channel may know the model by another id', () => {
  expect(upstreamModel(channel('a'), model('m'))).toBe('up-m');
  expect(upstreamModel(channel('a', { models: new Map() }), model('m'))).toBe('m');
});

test('own keys come first, at the service fee; the house’s channels stand behind them at the group’s terms', () => {
  const catalog = withFee(
    snapshot([channel('house')], { groups: [group({ terms: { multiplierBasisPoints: 20_000, forgivenTokens: 0 } })] }),
    150,
  );
  const by = caller({ ownChannels: [ownKey('own_1'), ownKey('own_2'), ownKey('own_3', { provider: 'openai' })] });
  const plan = planned(catalog, { by });
  expect(idsOf(plan)).toEqual(['own_1', 'own_2', 'house']);
  expect(plan.candidates.map(({ terms }) => terms.multiplierBasisPoints)).toEqual([150, 150, 20_000]);
  expect(plan.candidates.map((one) => one.ownKey?.last4)).toEqual(['0123', '0123', undefined]);
  expect(upstreamModel(plan.candidates[0]!.channel, plan.model)).toBe('m');
});

test('an exclusive key leaves nothing else, whatever becomes of it: no channel of the house, and no other model', () => {
  const models = [model('m', { fallback: ['n'] }), model('n', { provider: 'openai' })];
  const catalog = withFee(
    snapshot([channel('house'), channel('other', { models: new Map([['n', 'n']]) })], { models }),
  );
  const by = caller({ ownChannels: [ownKey('own_1', { isExclusive: true })] });
  const well = planned(catalog, { by });
  expect([idsOf(well), well.mayFallBack]).toEqual([['own_1'], false]);
  const ejected = planned(catalog, { by, seen: views({ own_1: 'ejected' }) });
  expect([idsOf(ejected), ejected.candidates[0]?.isProbe, ejected.mayFallBack]).toEqual([['own_1'], true, false]);
  const busy = errorOf(() => planned(catalog, { by, seen: views({ own_1: 'on_trial' }) }));
  expect(busy?.code).toBe('overloaded');
  const elsewhere = errorOf(() => planned(catalog, { by, asked: { ...question, home: 'house' } }));
  expect(elsewhere?.code).toBe('invalid_request');
});

test('a key that is all there is goes on being asked, whatever its provider said: its owner hears the provider’s own words', () => {
  const by = caller({ ownChannels: [ownKey('own_1', { isExclusive: true })] });
  const plan = planned(withFee(snapshot([channel('house')])), { by, seen: views({ own_1: 'waiting' }) });
  expect(idsOf(plan)).toEqual(['own_1']);
});

test('an own key that failed lately stands back, and one that rests is passed over with its reason', () => {
  const catalog = withFee(snapshot([channel('house')]));
  const by = caller({ ownChannels: [ownKey('own_1'), ownKey('own_2'), ownKey('own_3')] });
  const plan = planned(catalog, { by, seen: views({ own_1: 'ejected', own_2: 'doubtful' }) });
  expect(idsOf(plan)).toEqual(['own_3', 'own_2', 'house']);
  expect(plan.rejected).toEqual([{ model: 'm', channelId: 'own_1', reason: 'is ejected: status 500' }]);
});

test('an own key serves its provider’s models though no channel of the group does, but none that has no price or is hidden', () => {
  const by = caller({ ownChannels: [ownKey('own_1')] });
  expect(idsOf(planned(withFee(snapshot([channel('house', { groups: new Set(['vip']) })])), { by }))).toEqual([
    'own_1',
  ]);
  expect(idsOf(planned(withFee(snapshot([])), { by }))).toEqual(['own_1']);
  const free = withFee(snapshot([], { models: [model('m', { price: undefined })] }));
  expect(errorOf(() => planned(free, { by }))?.code).toBe('model_not_found');
  const hidden = withFee(snapshot([], { groups: [group({ models: new Set(['n']) })] }));
  expect(errorOf(() => planned(hidden, { by }))?.code).toBe('model_not_allowed');
});

test('a channel whose proxies are all down is passed over with its reason, and is no last resort', () => {
  const catalog = snapshot([
    channel('a', { egressPool: 'dead' }),
    channel('b', { egressPool: 'alive', priority: 2 }),
    channel('c', { priority: 3 }),
  ]);
  const plan = planned(catalog);
  expect(idsOf(plan)).toEqual(['b', 'c']);
  const passedOver = { model: 'm', channelId: 'a', reason: 'no proxy of its pool works' };
  expect(plan.rejected).toEqual([passedOver]);
  expect(errorOf(() => planned(snapshot([channel('a', { egressPool: 'dead' })])))).toMatchObject({
    code: 'overloaded',
    detail: { retryAfterSeconds: 5 },
    rejected: [passedOver],
  });
});

test('where a channel has no way out, the model’s fallback answers', () => {
  const models = [model('m', { fallback: ['n'] }), model('n')];
  const catalog = snapshot([channel('a', { egressPool: 'dead' }), channel('b', { models: new Map([['n', 'n']]) })], {
    models,
  });
  expect(idsOf(planned(catalog))).toEqual(['b']);
});

test('a drained channel gets nothing new, whoever was on it, and what it keeps is still asked of it', () => {
  const [drained, other] = [channel('drained', { isDraining: true }), channel('other', { priority: 9 })];
  const stays = [{ model: 'm', channelId: 'drained', cachedTokens: 10 }];
  const plan = planned(snapshot([drained, other]), { asked: { ...question, session: 's', stays } });
  expect(idsOf(plan)).toEqual(['other']);
  expect(plan.rejected).toEqual([{ model: 'm', channelId: 'drained', reason: 'is drained: it takes no new requests' }]);
  expect(idsOf(planned(snapshot([drained, other]), { asked: { ...question, home: 'drained' } }))).toEqual(['drained']);
});

test('where every channel is drained there is none, and another model answers if it may', () => {
  const drained = channel('drained', { isDraining: true });
  expect(errorOf(() => planned(snapshot([drained])))).toMatchObject({ code: 'no_channel' });
  const models = [model('m', { fallback: ['n'] }), model('n')];
  const channels = [drained, channel('n', { models: new Map([['n', 'n']]) })];
  expect(idsOf(planned(snapshot(channels, { models })))).toEqual(['n']);
});

test('a channel at its limit is passed over with its reason, whoever was on it, and is not probed either', () => {
  const limits = { concurrency: 3 };
  const catalog = snapshot([channel('full', { limits }), channel('other', { priority: 9 })]);
  const stays = [{ model: 'm', channelId: 'full', cachedTokens: 10 }];
  const plan = planned(catalog, { asked: { ...question, session: 's', stays } });
  expect(idsOf(plan)).toEqual(['other']);
  const reason = 'is at its limit of 3 requests at once';
  expect(plan.rejected).toEqual([{ model: 'm', channelId: 'full', reason }]);
  const ejected = views({ other: 'ejected' });
  expect(idsOf(planned(catalog, { seen: ejected }))).toEqual(['other']);
});

test('where every channel is at its limit the client is told when to come back, or another model answers', () => {
  const full = channel('full', { limits: { rpm: 1 } });
  expect(errorOf(() => planned(snapshot([full])))).toMatchObject({
    code: 'overloaded',
    detail: { retryAfterSeconds: 8 },
  });
  const models = [model('m', { fallback: ['n'] }), model('n')];
  const channels = [full, channel('n', { models: new Map([['n', 'n']]) })];
  expect(idsOf(planned(snapshot(channels, { models })))).toEqual(['n']);
});

test('what a channel at its limit keeps waits for it; counting tokens does not', () => {
  const catalog = snapshot([channel('full', { limits: { rpm: 1 } }), channel('other')]);
  expect(errorOf(() => planned(catalog, { asked: { ...question, home: 'full' } }))).toMatchObject({
    code: 'overloaded',
  });
  expect(idsOf(planned(catalog, { asked: { ...question, home: 'full', isLimited: false } }))).toEqual(['full']);
});

test('a channel without limits is not even asked whether it is full', () => {
  const gate = { whyFull: () => expect.unreachable() };
  expect(idsOf(planned(snapshot([channel('full')]), { seen: { ...views(), gate } }))).toEqual(['full']);
});
