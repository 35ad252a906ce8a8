import { expect, test } from 'vitest';
import { maxReadBytes } from './model-fit.ts';
import {
  caller,
  channel,
  errorOf,
  idsOf,
  model,
  ownKey,
  planned,
  question,
  serves,
  snapshot,
  takesAll,
  views,
  withFee,
} from './plan-route.fixture.ts';
import { planFallbacks } from './plan-route.ts';
import type { RouteQuestion } from './route-plan.ts';

const picture = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw==' } };
const withPicture = (more: object = {}): RouteQuestion => {
  const body = {
    model: 'm',
    messages: [{ role: 'user', content: [{ type: 'text', text: 'look' }, picture] }],
    ...more,
  };
  return { ...question, guardedBody: Buffer.from(JSON.stringify(body)) };
};
const textOnly = { takes: { ...takesAll, images: false } };

test('a model that takes no images refuses them with their path before any channel is chosen; without them it answers', () => {
  const catalog = snapshot([channel('a')], { models: [model('m', textOnly)] });
  const error = errorOf(() => planned(catalog, { asked: withPicture() }));
  expect([error.code, error.detail.path]).toEqual(['invalid_request', 'messages.0.content.1']);
  expect(error.detail.reason).toContain('the model m takes no images; leave them out, or use a model that takes them');
  const words = { ...question, guardedBody: Buffer.from('{"messages":[{"role":"user","content":"an \\"image\\""}]}') };
  expect(idsOf(planned(catalog, { asked: words }))).toEqual(['a']);
  const large = withPicture({ metadata: 'x'.repeat(maxReadBytes) });
  expect(idsOf(planned(catalog, { asked: large }))).toEqual(['a']);
  // What is no conversation is not looked into.
  expect(idsOf(planned(catalog))).toEqual(['a']);
});

test('what a model is not known to refuse is let through', () => {
  const takes = { images: undefined, tools: false, documents: true };
  const catalog = snapshot([channel('a')], { models: [model('m', { takes })] });
  expect(idsOf(planned(catalog, { asked: withPicture() }))).toEqual(['a']);
  const tools = errorOf(() => planned(catalog, { asked: withPicture({ tools: [{ name: 'n' }] }) }));
  expect([tools.code, tools.detail.path]).toEqual(['invalid_request', 'tools']);
});

test('a fallback that takes less than the request carries, or has less room than it surely needs, is passed over with its reason', () => {
  const models = [
    model('m', { fallback: ['blind', 'small', 'f'] }),
    model('blind', textOnly),
    model('small', { contextTokens: 1_000 }),
    model('f', { contextTokens: 1_001 }),
  ];
  const catalog = snapshot([serves('a', 'm'), serves('b', 'blind', 'small'), serves('c', 'f')], { models });
  const asked = { ...withPicture(), promptBytes: 6 * 1_001 };
  const expected = [
    { model: 'blind', channelId: 'b', reason: 'the model takes no images (messages.0.content.1)' },
    { model: 'small', channelId: 'b', reason: "the prompt is longer than the model's context of 1000 tokens" },
  ];
  const behind = planFallbacks(planned(catalog, { asked }), caller(), views());
  expect(behind.candidates.map((one) => [one.model.id, one.channel.id])).toEqual([['f', 'c']]);
  expect(behind.rejected).toEqual(expected);
  // The same where nothing of the model asked for is well.
  const plan = planned(catalog, { asked, seen: views({ a: 'ejected' }) });
  expect(idsOf(plan)).toEqual(['c', 'a']);
  expect(plan.rejected).toEqual([{ model: 'm', channelId: 'a', reason: 'is ejected: status 500' }, ...expected]);
});

test('own keys with a fallback that cannot take the request are passed over too', () => {
  const models = [model('m', { fallback: ['blind'] }), model('blind', { ...textOnly, provider: 'openai' })];
  const by = caller({ ownChannels: [ownKey('own_1', { provider: 'openai' })] });
  const catalog = withFee(snapshot([serves('a', 'm')], { models }));
  const behind = planFallbacks(planned(catalog, { asked: withPicture(), by }), by, views());
  expect([behind.candidates, behind.rejected.map(({ channelId }) => channelId)]).toEqual([[], ['own_1']]);
});

test('a long prompt is no reason to refuse the model asked for: its upstream counts', () => {
  const catalog = snapshot([channel('a')], { models: [model('m', { contextTokens: 1 })] });
  expect(idsOf(planned(catalog, { asked: { ...question, promptBytes: 6_000_000 } }))).toEqual(['a']);
});
