import { expect, test } from 'vitest';
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

test('what is no value is none', () => {
  for (const typed of ['', '-1', '1.5', 'x', '1e3']) expect(readTyped({ kind: 'count' }, typed)).toBeUndefined();
  for (const typed of ['rpm', 'rpm x', 'tpm 1', 'rpm 1, rpm 2', 'toString 1'])
    expect(readTyped({ kind: 'limits' }, typed)).toBeUndefined();
  expect(readTyped({ kind: 'languages' }, '')).toBeUndefined();
});
