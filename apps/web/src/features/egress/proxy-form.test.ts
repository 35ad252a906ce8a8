import { proxyInputSchema } from '@ai-bridge/catalog';
import { expect, test } from 'vitest';
import type { ListedProxy } from './pools.ts';
import { proxyFormOf, proxyInput } from './proxy-form.ts';

test('an edit that types no URL sends none, so that the stored one stays', () => {
  const proxy = { name: 'hk-1', pool: 'asia', allowPrivate: true, enabled: false, host: 'h:1' } as ListedProxy;
  const input = proxyInput(proxyFormOf(proxy));
  expect(input).toEqual({ name: 'hk-1', pool: 'asia', allowPrivate: true, enabled: false });
  expect(proxyInputSchema.safeParse(input).success).toBe(true);
});

test('a new one is on, in the default pool, and not at a private address', () => {
  const input = proxyInput({ ...proxyFormOf(undefined), name: ' hk ', pool: ' ', url: ' http://p.example.com ' });
  expect(proxyInputSchema.parse(input)).toEqual({
    name: 'hk',
    pool: 'default',
    url: 'http://p.example.com',
    allowPrivate: false,
    enabled: true,
  });
});
