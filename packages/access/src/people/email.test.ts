import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalizeEmail } from './email.ts';

test('equal addresses become one form', () => {
  for (const text of [
    'Ada.L+x@Example.COM',
    '  ada.l+x@example.com ',
    'ada.l+x＠example.com',
    'ＡＤＡ.l+x@example.com',
  ])
    expect(normalizeEmail(text)).toBe('ada.l+x@example.com');
});

test('what a mailer could read as another address is refused', () => {
  for (const text of [
    '"e@attacker.com"@victim.com',
    'a@b@example.com',
    'ada@example.com\r\nBcc: x@example.com',
    'ada@example.com\n',
    'ada\u200b@example.com',
    'аda@example.com', // a Cyrillic а
    'ada@exаmple.com',
    'ada(comment)@example.com',
    '.ada@example.com',
    'ada..l@example.com',
    'ada@localhost',
    'ada@-example.com',
    'ada@example.c-',
    'ada@[127.0.0.1]',
    'ada@127.0.0.1',
    'ada',
    '@example.com',
    '',
    `${'a'.repeat(65)}@example.com`,
    `a@${'a.'.repeat(140)}com`,
    `${'a'.repeat(300)}@example.com`,
  ])
    expect([text, normalizeEmail(text)]).toEqual([text, undefined]);
});

test('normalising is done once: its result is its own normal form', () => {
  fc.assert(
    fc.property(fc.emailAddress(), (text) => {
      const email = normalizeEmail(text);
      if (email !== undefined) expect(normalizeEmail(email)).toBe(email);
    }),
  );
});
