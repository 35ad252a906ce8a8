import { expect, test } from 'vitest';
import { type EgressStatus, poolsOf, strandedWithout } from './pools.ts';

const proxy = (id: string, pool: string, enabled = true) => ({ id, pool, enabled }) as EgressStatus['proxies'][number];
const channel = (name: string, pool: string) => ({ id: name, name, pool });
const [a, b, c] = [proxy('a', 'eu'), proxy('b', 'eu', false), proxy('c', 'us')];
const status = { proxies: [a, b, c], channels: [channel('one', 'eu'), channel('two', 'gone')] };

test('pools that only channels name are shown, too', () => {
  expect(poolsOf(status).map(({ name, proxies, channels }) => [name, proxies.length, channels.length])).toEqual([
    ['eu', 2, 1],
    ['gone', 0, 1],
    ['us', 1, 0],
  ]);
});

test('channels are stranded where the last proxy of their pool that is switched on goes', () => {
  expect(strandedWithout(a, status).map(({ name }) => name)).toEqual(['one']);
  expect(strandedWithout(b, status)).toEqual([]);
  expect(strandedWithout(c, status)).toEqual([]);
  expect(strandedWithout(a, { ...status, proxies: [a, proxy('d', 'eu')] })).toEqual([]);
});
