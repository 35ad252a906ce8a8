import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutSecrets } from './without-secrets.ts';

test('an upstream’s words come through but for the key, whole or cut', () => {
  const key = 'abcdefgh-ijklmnop-qrstuvwx';
  expect(withoutSecrets(`invalid key ${key}, sorry`, key)).toBe('invalid key ***, sorry');
  expect(withoutSecrets('invalid key abcdefgh-i…qrstuvwx', key)).toBe('invalid key ***…***');
  expect(withoutSecrets('model not found: claude', key)).toBe('model not found: claude');
  expect(withoutSecrets('{"error":{"message":"Incorrect API key: sk-proj-1234567890"}}', undefined)).toBe(
    '{"error":{"message":"Incorrect API key: sk-***"}}',
  );
});

test('a key that has the mask’s own letters does not come back from beside it', () => {
  for (const key of ['*!!!!!!!', '*#!!!!!!'])
    expect(withoutSecrets(`${key.slice(1)}${key}${key.slice(1)}`, key)).not.toContain(key);
});

test('no eight characters of a key stay, wherever and however often it stands', () => {
  const key = fc.stringMatching(/^[\x21-\x7e]{8,60}$/);
  const noise = fc.string({ unit: 'binary', maxLength: 40 });
  fc.assert(
    fc.property(key, fc.array(noise, { maxLength: 4 }), fc.nat(), fc.nat(), (secret, parts, from, length) => {
      const cut = secret.slice(from % secret.length, (from % secret.length) + 8 + (length % secret.length));
      const clean = withoutSecrets([...parts, secret, cut, ''].join(secret), secret);
      for (let at = 0; at + 8 <= secret.length; at++) expect(clean).not.toContain(secret.slice(at, at + 8));
    }),
  );
});
