import { limitsSchema } from '@ai-bridge/domain';
import { expect, test } from 'vitest';
import { limitPresets } from '#components/limit-presets.ts';
import { controls, readTyped, typedOf } from './setting-form.ts';

test('a value that is shown and read again is the same', () => {
  const values = {
    ...{ siteName: 'Tower', languages: ['zh', 'en'], crossModelFallback: false, signUpBonusTokens: 5_000 },
    ...{ signUpLimits: { rpm: 1_000, concurrency: 50 }, signUp: 'closed', accentOnLight: '#0b5fa5' },
  };
  for (const [name, value] of Object.entries(values))
    expect(readTyped(controls[name as keyof typeof values], typedOf(value)), name).toEqual(value);
  expect(readTyped({ kind: 'limits' }, typedOf({}))).toEqual({});
});

test('each preset of limits is a value, and is typed as one', () => {
  for (const limits of Object.values(limitPresets)) {
    expect(limitsSchema.parse(limits)).toEqual(limits);
    expect(readTyped({ kind: 'limits' }, typedOf(limits))).toEqual(limits);
  }
});

test('what is no value is none', () => {
  for (const typed of ['', '-1', '1.5', 'x', '1e3']) expect(readTyped({ kind: 'count' }, typed)).toBeUndefined();
  for (const typed of ['rpm', 'rpm x', 'tpm 1', 'rpm 1, rpm 2', 'toString 1'])
    expect(readTyped({ kind: 'limits' }, typed)).toBeUndefined();
  expect(readTyped({ kind: 'languages' }, '')).toBeUndefined();
});
