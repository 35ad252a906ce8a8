import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openCredential, SealError, sealCredential, sealingPublicKey } from './seal.ts';

const sealingKey = 'a sealing key of the tests, long enough';
const publicKey = sealingPublicKey(sealingKey);
const context = { channelId: 'chn_1', baseUrl: 'https://api.example.com/v1' };

test('what is sealed with the public half opens with the private half, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (credential) => {
      expect(openCredential(sealingKey, context, sealCredential(publicKey, context, credential))).toBe(credential);
    }),
    { numRuns: 50 },
  );
});

test('two seals of one credential differ, and neither shows it', () => {
  const [a, b] = [1, 2].map(() => sealCredential(publicKey, context, 'sk-upstream-secret'));
  expect(a).not.toBe(b);
  expect(a).not.toContain('sk-upstream-secret');
  expect(a).toMatch(/^v1(\.[\w-]+){4}$/);
});

test('a seal opens at another path of its origin, and nowhere else', () => {
  const sealed = sealCredential(publicKey, context, 'secret');
  expect(openCredential(sealingKey, { ...context, baseUrl: 'https://api.example.com' }, sealed)).toBe('secret');
  for (const elsewhere of [
    { ...context, channelId: 'chn_2' },
    { ...context, baseUrl: 'https://evil.example.com/v1' },
    { ...context, baseUrl: 'http://api.example.com/v1' },
    { ...context, baseUrl: 'https://api.example.com:8443/v1' },
  ])
    expect(() => openCredential(sealingKey, elsewhere, sealed)).toThrow(SealError);
});

test('another key, and any one character changed or cut off, fails closed', () => {
  const sealed = sealCredential(publicKey, context, 'secret');
  expect(() => openCredential(`${sealingKey}!`, context, sealed)).toThrow(SealError);
  fc.assert(
    fc.property(fc.nat(sealed.length - 1), fc.constantFrom('A', 'z', '.', ''), (at, other) => {
      const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
      // The last character of a part can differ in bits that base64 leaves unused: the same bytes, the same seal.
      const bytes = (text: string) =>
        text
          .split('.')
          .map((part) => Buffer.from(part, 'base64url').toString('hex'))
          .join();
      fc.pre(bytes(changed) !== bytes(sealed));
      expect(() => openCredential(sealingKey, context, changed)).toThrow(SealError);
    }),
    { numRuns: 300 },
  );
});

test('a short sealing key is refused', () => {
  expect(() => sealingPublicKey('changeme')).toThrow('BRIDGE_SEALING_KEY');
});
