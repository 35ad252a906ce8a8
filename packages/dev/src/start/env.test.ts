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
