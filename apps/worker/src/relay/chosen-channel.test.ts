import { RelayError } from '@ai-bridge/domain';
import { expect, test } from 'vitest';
import { chosenChannel } from './chosen-channel.ts';
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
} from './plan-route.fixture.ts';
import { NoRouteError } from './route-plan.ts';

const operator = caller({ staff: { role: 'operator', hasTwoFactor: false } });
const named = snapshot([channel('chn_1', { name: 'main' }), channel('chn_2', { name: '备用' })]);
const choose = (header: string | undefined, by = operator, keeper?: string) =>
  chosenChannel({ request: { headers: { 'x-bridge-channel': header } } }, by, named, keeper);
const chosen = (id: string) => ({ asked: { ...question, home: id, isChosen: true } });

test('staff who may test channels choose one by its id or its name, also by a name that is not of latin letters', () => {
  expect(choose('chn_2')).toBe('chn_2');
  expect(choose('main')).toBe('chn_1');
  expect(choose(Buffer.from('备用').toString('latin1'))).toBe('chn_2');
  expect(choose(undefined)).toBeUndefined();
});

test('an id comes before a name', () => {
  const catalog = snapshot([channel('chn_1', { name: 'chn_2' }), channel('chn_2', { name: 'main' })]);
  const asked = { request: { headers: { 'x-bridge-channel': 'chn_2' } } };
  expect(chosenChannel(asked, operator, catalog, undefined)).toBe('chn_2');
});

test('from customers, and from staff who may not test channels, the header means nothing, whatever it says', () => {
  const staff = (['support', 'finance', 'auditor'] as const).map((role) => ({ role, hasTwoFactor: true }));
  const others = [caller(), ...staff.map((one) => caller({ staff: one }))];
  for (const one of others) {
    expect(choose('main', one)).toBeUndefined();
    expect(choose('no-such', one)).toBeUndefined();
    expect(choose('main', one, 'chn_2')).toBeUndefined();
  }
});

test('a channel that there is not is refused by the header’s name', () => {
  for (const header of ['no-such', '', 'MAIN', 'main, main'])
    expect(errorOf(() => choose(header))).toMatchObject({
      code: 'invalid_request',
      detail: { path: 'x-bridge-channel', reason: 'no channel that is switched on has this id or name' },
    });
});

test('what the request names has to be kept by the channel that is chosen', () => {
  expect(choose('main', operator, 'chn_1')).toBe('chn_1');
  expect(errorOf(() => choose('main', operator, 'chn_2'))).toMatchObject({
    code: 'invalid_request',
    detail: { path: 'x-bridge-channel', reason: 'another channel keeps what the request names' },
  });
});

test('a request goes to the channel that was chosen and nowhere else, with no fallback model behind it', () => {
  const catalog = withFallback([serves('a', 'm'), serves('b', 'm'), serves('c', 'f')]);
  const plan = planned(catalog, chosen('b'));
  expect([idsOf(plan), plan.mayFallBack, plan.rejected]).toEqual([['b'], false, []]);
});

test('it may be chosen whoever it is open to, for a model that the key sees, at the price of the key’s group', () => {
  const terms = { ...group().terms, multiplierBasisPoints: 8_000 };
  const catalog = snapshot([channel('a'), channel('b', { groups: new Set(['trial']) })], {
    models: [model('m'), model('hidden')],
    groups: [group({ terms, models: new Set(['m']) })],
  });
  const plan = planned(catalog, chosen('b'));
  expect([idsOf(plan), plan.candidates[0]?.terms]).toEqual([['b'], terms]);
  const hidden = { asked: { ...question, model: 'hidden', home: 'b', isChosen: true } };
  expect(errorOf(() => planned(catalog, hidden)).code).toBe('model_not_allowed');
});

test('a drained channel may be chosen, and an ejected one is tried, one request at a time', () => {
  const catalog = snapshot([channel('a'), channel('b', { isDraining: true })]);
  expect(idsOf(planned(catalog, chosen('b')))).toEqual(['b']);
  const plan = planned(catalog, { ...chosen('a'), seen: views({ a: 'ejected' }) });
  expect(plan.candidates).toMatchObject([{ channel: { id: 'a' }, isProbe: true }]);
});

test('while it takes nothing the client is told when to come back, and no other channel is spoken of', () => {
  const catalog = snapshot([channel('a'), channel('elsewhere', { models: new Map() })]);
  for (const verdict of ['waiting', 'on_trial'] as const) {
    const error = errorOf(() => planned(catalog, { ...chosen('a'), seen: views({ a: verdict }) }));
    expect(error).toBeInstanceOf(NoRouteError);
    expect(error).toMatchObject({ code: 'overloaded', detail: { retryAfterSeconds: 4 } });
    expect(error.rejected.map(({ channelId }) => channelId)).toEqual(['a']);
  }
});

test('a channel that cannot take such requests is refused with the reason', () => {
  const catalog = snapshot([channel('a'), channel('b', { models: new Map(), provider: 'gemini' })]);
  const reasonOf = (more: Partial<typeof question>) => {
    const error = errorOf(() => planned(catalog, { asked: { ...question, home: 'a', isChosen: true, ...more } }));
    expect(error).toBeInstanceOf(RelayError);
    expect([error.code, error.detail.path]).toEqual(['invalid_request', 'x-bridge-channel']);
    return error.detail.reason;
  };
  expect(reasonOf({ home: 'b' })).toBe('the channel does not serve m');
  expect(reasonOf({ protocol: 'openai-chat' })).toBe('the channel does not speak openai-chat');
  expect(reasonOf({ provider: 'openai' })).toBe('the channel is not a channel of openai');
  const converted = { ...question, protocol: 'openai-chat', isConvertible: true, home: 'a', isChosen: true } as const;
  expect(idsOf(planned(catalog, { asked: converted }))).toEqual(['a']);
});

test('own keys stand back, those that are to be the only ones, too', () => {
  for (const isExclusive of [false, true]) {
    const customer = caller({ ownChannels: [ownKey('mine', { isExclusive })] });
    expect(idsOf(planned(snapshot([channel('a')]), { ...chosen('a'), by: customer }))).toEqual(['a']);
  }
});
