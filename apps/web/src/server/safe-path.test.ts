import { expect, test } from 'vitest';
import { safePath } from './safe-path.ts';

test('a path of this site is kept with its query', () => {
  expect(safePath('/console/usage?days=7', '/console')).toBe('/console/usage?days=7');
});

test('whatever could lead to another host becomes the fallback', () => {
  const foreign = [
    'https://evil.test/',
    '//evil.test',
    '/\\evil.test',
    '\\\\evil.test',
    '/\t/evil.test',
    '/\n//evil.test',
    '/.//evil.test',
    '/x/..//evil.test',
    'javascript:alert(1)',
    ' /console',
    'console',
    '',
    `/${'a'.repeat(600)}`,
  ];
  for (const wanted of foreign) expect(safePath(wanted, '/console'), JSON.stringify(wanted)).toBe('/console');
  expect(safePath(undefined, '/console')).toBe('/console');
});
