import { keySettingsSchema } from '@ai-bridge/access';
import { expect, test } from 'vitest';
import { emptyKeyForm, inGroup, keyInput } from './key-form.ts';

test('a key with nothing but a name has no limits and never expires', () => {
  const input = keyInput({ ...emptyKeyForm, name: ' laptop ' }, 0);
  expect(input).toEqual({ name: 'laptop', models: [], strict: false });
  expect(keySettingsSchema.safeParse(input).success).toBe(true);
});

test('what was filled in is sent as numbers and a date', () => {
  const limits = { rpm: '60', itpm: '', otpm: ' ', concurrency: '5' };
  const input = keyInput({ ...emptyKeyForm, name: 'ci', lifetime: '30', limits }, Date.UTC(2026, 0, 1));
  expect(input.limits).toEqual({ rpm: 60, concurrency: 5 });
  expect(input.expiresAt?.toISOString()).toBe('2026-01-31T00:00:00.000Z');
  expect(keySettingsSchema.safeParse(input).success).toBe(true);
});

test('a limit that is no number is left for the server to refuse, not dropped', () => {
  const input = keyInput({ ...emptyKeyForm, name: 'x', limits: { ...emptyKeyForm.limits, rpm: 'many' } }, 0);
  expect(keySettingsSchema.safeParse(input).success).toBe(false);
});

test('another group keeps the chosen models that its keys see, and no others', () => {
  const form = inGroup({ ...emptyKeyForm, name: 'x', models: ['a', 'b'] }, { id: 'codex', models: ['b', 'c'] });
  expect(keyInput(form, 0)).toMatchObject({ group: 'codex', models: ['b'] });
});
