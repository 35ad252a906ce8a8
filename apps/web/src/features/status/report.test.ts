import type { ModelHealth } from '@ai-bridge/usage';
import { expect, test } from 'vitest';
import { type Seen, statusReport } from './report.ts';

const health = (model: string, provider: string, requests: number, failures: number): ModelHealth => ({
  ...{ model, provider, requests, failures, availability: 0, firstByteP50Ms: 120, firstByteP95Ms: 900 },
});
const seen = (over: Partial<Seen>): Seen => ({
  at: new Date('2026-11-21T10:00:00Z'),
  models: [
    { id: 'a', displayName: 'A', provider: 'openai' },
    { id: 'b', displayName: 'B', provider: 'anthropic' },
  ],
  ...{ incidents: [], now: [], last24Hours: [], days: [], dayNames: ['2026-11-20', '2026-11-21'] },
  ...over,
});

test('a model without traffic is listed at its own provider with nothing, not with 100 %', () => {
  const { overall, models } = statusReport(seen({}));
  expect(overall).toBe('no_traffic');
  expect(models).toMatchObject([{ model: 'a', provider: 'openai' }, { model: 'b' }]);
  for (const model of models) {
    expect(model).toMatchObject({ state: 'no_traffic', now: null, last24Hours: null, availability: null });
    expect(model.days).toEqual([null, null]);
  }
});

test('each provider that was seen has a row of its own, the worst state first', () => {
  const report = statusReport(
    seen({
      now: [health('a', 'azure', 10, 0), health('b', 'anthropic', 10, 9)],
      days: [
        { day: '2026-11-20', model: 'a', provider: 'openai', requests: 3, failures: 1 },
        { day: '2026-11-21', model: 'a', provider: 'openai', requests: 1, failures: 0 },
      ],
    }),
  );
  expect(report).toMatchObject({ overall: 'partly_down', firstDay: '2026-11-20' });
  expect(report.models).toMatchObject([
    { model: 'b', state: 'down', now: { availability: 0.1, firstByteP95Ms: 900 } },
    { model: 'a', provider: 'azure', state: 'operational', availability: null },
    { model: 'a', provider: 'openai', state: 'no_traffic', availability: 0.75, days: [0.6666, 1] },
  ]);
});

test('what failed once is never shown as whole', () => {
  const [model] = statusReport(seen({ last24Hours: [health('a', 'openai', 1_000_000, 1)] })).models;
  expect(model?.last24Hours?.availability).toBe(0.9999);
});

test('models that are not on offer stay unnamed, and volumes unsaid', () => {
  const report = statusReport(seen({ now: [health('secret-preview', 'openai', 77, 0), health('a', 'openai', 77, 0)] }));
  expect(JSON.stringify(report)).not.toContain('secret-preview');
  expect(JSON.stringify(report)).not.toContain('77');
});
