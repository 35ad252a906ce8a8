import { generateKey, longestShownPrefix } from '@ai-bridge/access';
import { newId } from '@ai-bridge/domain';
import { expect, test } from 'vitest';
import { maxSearchLength, readSearch, shownKeyLength } from './search-kind.ts';

const kindOf = (typed: string) => readSearch(typed)?.kind;

test('what was pasted is recognised by its shape', () => {
  expect(kindOf(newId('req'))).toBe('request');
  for (const id of [newId('ord'), newId('rfd'), 'cs_test_a1B2', 'pi_3Qx', 're_3Qx', 'du_1', 'sandbox_0af3'])
    expect(kindOf(id), id).toBe('payment');
  expect(kindOf(newId('key'))).toBe('key');
  expect(kindOf(newId('usr'))).toBe('person');
  expect(kindOf(newId('org'))).toBe('organization');
  expect(kindOf('  Ada@Example.com ')).toBe('email');
  for (const name of ['ada', 'Ada Lovelace', 'pi', 'my_company', 'constructor_x', 'ord_ 1'])
    expect(kindOf(name)).toBe('beginning');
  expect(readSearch('   ')).toBeUndefined();
});

test('e-mails and names are looked for in small letters, ids as they are', () => {
  expect(readSearch(' Ada@Example.com')?.text).toBe('ada@example.com');
  expect(readSearch('cs_test_a1B2')?.text).toBe('cs_test_a1B2');
});

test('of a whole key that was pasted nothing secret is left', () => {
  const key = generateKey();
  expect(readSearch(key)).toEqual({ kind: 'key', text: key.slice(0, longestShownPrefix) });
  expect(shownKeyLength).toBe(longestShownPrefix);
  expect(readSearch('ab-0123456789…wxyz')?.text).toBe('ab-0123456789');
  expect(readSearch('ab-01…wxyz')?.text).toBe('ab-01');
});

test('nothing is longer than an address can be', () => {
  expect(readSearch('x'.repeat(10_000))?.text).toHaveLength(maxSearchLength);
});
