import { expect, test } from 'vitest';
import { publicLookup, refusesLiteral } from './egress-guard.ts';

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '192.168.1.1',
  '172.31.0.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  '::ffff:7f00:1',
  '::ffff:10.0.0.1',
  '::7f00:1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001:0:1::',
  'fe80::1%eth0',
  'fd00::1',
  'ff02::1',
])('%s is closed to channels without allowPrivate', (address) => {
  expect(refusesLiteral(address)).toBe(true);
});

test.each(['1.1.1.1', '104.18.6.192', '2606:4700::6812:7c0', '8.8.8.8'])('%s is open', (address) => {
  expect(refusesLiteral(address)).toBe(false);
});

test('a literal private address is refused before any connection', () => {
  expect(refusesLiteral('[::1]')).toBe(true);
  expect(refusesLiteral('127.0.0.1')).toBe(true);
  expect(refusesLiteral('api.anthropic.com')).toBe(false);
});

test('a name that resolves to a private address is refused', async () => {
  const error = await new Promise<Error | null>((resolve) =>
    publicLookup('localhost', {}, (failure) => resolve(failure)),
  );
  expect(error).toMatchObject({ code: 'EPRIVATE' });
});
