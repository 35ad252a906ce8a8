import { expect, test } from 'vitest';
import { changesOf } from './changes-of.ts';

test.each<[string, Record<string, unknown>, unknown, unknown]>([
  ['one value', { from: null, to: 'support', reason: 'joined' }, [['', null, 'support']], { reason: 'joined' }],
  [
    'two objects, of which only what differs counts',
    { priceId: 'prc_1', from: { input: '1', output: '2' }, to: { input: '1.5', output: '2', cacheRead: '0' } },
    [
      ['input', '1', '1.5'],
      ['cacheRead', undefined, '0'],
    ],
    { priceId: 'prc_1' },
  ],
  ['a first price', { from: null, to: { input: '1' } }, [['input', undefined, '1']], {}],
  [
    'named columns',
    { name: 'main', changed: { weight: { from: 1, to: 2 }, limits: { from: { rpm: 5 }, to: {} } } },
    [
      ['weight', 1, 2],
      ['limits.rpm', 5, undefined],
    ],
    { name: 'main' },
  ],
  [
    'a field by itself',
    { version: 2, multiplierBasisPoints: { from: 10_000, to: 8_000 } },
    [['multiplierBasisPoints', 10_000, 8_000]],
    { version: 2 },
  ],
  [
    'a field beside what it was',
    { role: 'owner', before: 'viewer', reason: 'asked' },
    [['role', 'viewer', 'owner']],
    { reason: 'asked' },
  ],
  [
    'limits beside what they were',
    { limits: { rpm: 2 }, before: { rpm: 1, otpm: 5 } },
    [
      ['limits.rpm', 1, 2],
      ['limits.otpm', 5, undefined],
    ],
    {},
  ],
  ['no change at all', { name: 'x', to: 'mail@example.com' }, [], { name: 'x', to: 'mail@example.com' }],
  ['names alone, as older rows have them', { changed: ['weight'] }, [], { changed: ['weight'] }],
])('before and after: %s', (_, detail, changes, rest) => {
  const told = changesOf(detail);
  expect(told.changes.map(({ field, from, to }) => [field, from, to])).toEqual(changes);
  expect(told.rest).toEqual(rest);
});
