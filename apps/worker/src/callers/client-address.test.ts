import { expect, test } from 'vitest';
import { clientAddresses } from './client-address.ts';

const from = (trusted: string[], remoteAddress: string | undefined, forwarded?: string) =>
  clientAddresses(trusted)({
    remoteAddress,
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  });

test('without proxies of the operator’s own, nobody can say that he is somebody else', () => {
  expect(from([], '203.0.113.9', '10.0.0.1')).toBe('203.0.113.9');
  expect(from(['10.0.0.0/8'], '203.0.113.9', '10.0.0.1')).toBe('203.0.113.9');
});

test('behind proxies the client is the last entry that is none of them, and what it made up before that is not believed', () => {
  const proxies = ['10.0.0.0/8', '127.0.0.1', '::1'];
  expect(from(proxies, '127.0.0.1', '203.0.113.9')).toBe('203.0.113.9');
  expect(from(proxies, '::1', '198.51.100.1, 203.0.113.9, 10.1.2.3')).toBe('203.0.113.9');
  expect(from(proxies, '::ffff:10.0.0.2', '192.168.1.1,2001:db8::7')).toBe('2001:db8::7');
});

test('where a proxy says nothing that can be read, its own address stands', () => {
  expect(from(['127.0.0.1'], '127.0.0.1')).toBe('127.0.0.1');
  expect(from(['127.0.0.1'], '127.0.0.1', 'unknown')).toBe('127.0.0.1');
  expect(from(['127.0.0.1'], '127.0.0.1', '203.0.113.9, garbage')).toBe('127.0.0.1');
  expect(from(['127.0.0.1'], undefined, '203.0.113.9')).toBeUndefined();
});
