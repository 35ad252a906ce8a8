import { expect, test } from 'vitest';
import { base32, matchTotp, totpCode, totpUri } from './totp.ts';

const secret = Buffer.from('12345678901234567890');

test('codes are those of RFC 6238’s test vectors', () => {
  const vectors = [
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ] as const;
  for (const [seconds, code] of vectors) expect(totpCode(secret, BigInt(Math.floor(seconds / 30)), 8)).toBe(code);
});

test('a code is good one step early or late, and no longer', () => {
  const at = (seconds: number) => new Date(seconds * 1000);
  const code = totpCode(secret, 100n);
  for (const seconds of [2_970, 3_000, 3_059]) expect(matchTotp(secret, code, at(seconds))).toBe(100n);
  for (const seconds of [2_969, 3_060]) expect(matchTotp(secret, code, at(seconds))).toBeUndefined();
  for (const typed of ['', '12345', '1234567', '12345a', '１２３４５６']) {
    expect(matchTotp(secret, typed, at(3_000))).toBeUndefined();
  }
});

test('a secret is written as authenticator apps read it', () => {
  expect(base32(secret)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  for (const [text, written] of [
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ] as const)
    expect(base32(Buffer.from(text))).toBe(written);
  expect(totpUri(secret, { siteName: 'A & B', email: 'ada+x@example.com' })).toBe(
    'otpauth://totp/A%20%26%20B%3Aada%2Bx%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=A%20%26%20B',
  );
});
