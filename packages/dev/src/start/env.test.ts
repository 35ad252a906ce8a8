import { expect, test } from 'vitest';
import { localUrl, readStartEnv } from './env.ts';

test('without any variable everything is local: ports 3000 and 3001, loopback, embedded database', () => {
  expect(readStartEnv({})).toMatchObject({
    host: '127.0.0.1',
    webPort: 3000,
    workerPort: 3001,
    databaseUrl: undefined,
    isProduction: false,
  });
});

test('a port that is none is one line with the variable, its value and what is expected', () => {
  for (const value of ['0', '65536', '3e3', 'web', '-1', '1.5']) {
    expect(() => readStartEnv({ WORKER_PORT: value })).toThrow(`WORKER_PORT is "${value}": a port is a whole number`);
  }
  expect(() => readStartEnv({ WEB_PORT: '4000', WORKER_PORT: '4000' })).toThrow('they must differ');
});

test('a Stripe key without its webhook secret stops the start', () => {
  expect(() => readStartEnv({ STRIPE_SECRET_KEY: 'sk_test' })).toThrow('STRIPE_WEBHOOK_SECRET');
});

test('a start is local only where nobody but this machine reaches the console', () => {
  const isLocal = (all: Record<string, string>) => readStartEnv(all).isLocal;
  const local = [{}, { HOST: '::1' }, { HOST: 'localhost' }, { NEXTAUTH_URL: 'http://127.0.0.1:4000' }];
  for (const all of [...local, { NEXTAUTH_URL: 'http://[::1]:3000' }]) expect([all, isLocal(all)]).toEqual([all, true]);
  const open = [{ HOST: '0.0.0.0' }, { HOST: '::' }, { HOST: '10.0.0.1' }, { NEXTAUTH_URL: 'https://shop.example' }];
  const production = { NODE_ENV: 'production', DATABASE_URL: 'postgresql://h/db' };
  const odd = [{ NEXTAUTH_URL: 'no address' }, { HOST: '127.0.0.1.example.com' }];
  for (const all of [...open, ...odd, production]) expect([all, isLocal(all)]).toEqual([all, false]);
});

test('mail settings that cannot be right stop the start with one line', () => {
  expect(() => readStartEnv({ SMTP_URL: 'mail.example.com' })).toThrow(/^SMTP_URL: expected smtp:[^\n]+$/);
  expect(() => readStartEnv({ SMTP_URL: 'smtp://mail.example.com' })).toThrow('MAIL_FROM: expected');
});

test('production needs both NODE_ENV and a database of one’s own', () => {
  const url = 'postgresql://h/db';
  expect(readStartEnv({ NODE_ENV: 'production' }).isProduction).toBe(false);
  expect(readStartEnv({ DATABASE_URL: url }).isProduction).toBe(false);
  expect(readStartEnv({ NODE_ENV: 'production', DATABASE_URL: url }).isProduction).toBe(true);
  expect(() => readStartEnv({ DATABASE_URL: 'mysql://h/db' })).toThrow('postgresql://');
});

test('a wildcard address is shown as one that a browser can open', () => {
  expect(localUrl('0.0.0.0', 3000)).toBe('http://127.0.0.1:3000');
  expect(localUrl('::1', 3000)).toBe('http://[::1]:3000');
});

test('several worker processes without a Redis between them, or a number that is none, stop the start with one line', () => {
  const start = (given: Record<string, string>) => () => readStartEnv(given);
  expect(start({ WORKER_PROCESSES: '2' })).toThrow(/^WORKER_PROCESSES: is 2, [^\n]+UPSTASH_REDIS_REST_URL[^\n]+$/);
  expect(start({ WORKER_PROCESSES: '2.5' })).toThrow(/^WORKER_PROCESSES: must be [^\n]+$/);
  const redis = { UPSTASH_REDIS_REST_URL: 'https://r.example', UPSTASH_REDIS_REST_TOKEN: 't' };
  expect(start({ WORKER_PROCESSES: '2', ...redis })).not.toThrow();
});
