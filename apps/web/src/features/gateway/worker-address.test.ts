import { expect, test } from 'vitest';
import { workerAddress } from './worker-address.ts';

const visit = { configured: undefined, protocol: 'http', workerPort: 3001 } as const;

test('a console opened in the local network shows the worker at the same host name', () => {
  expect(workerAddress({ ...visit, host: '192.168.1.5:3000' })).toBe('http://192.168.1.5:3001');
  expect(workerAddress({ ...visit, host: 'bridge.lan' })).toBe('http://bridge.lan:3001');
  expect(workerAddress({ ...visit, host: '[fd00::7]:3000', workerPort: 4001 })).toBe('http://[fd00::7]:4001');
});

test('a configured address wins', () => {
  const configured = 'https://api.example.com/';
  expect(workerAddress({ ...visit, configured, host: '10.0.0.1' })).toBe('https://api.example.com');
});

test('a missing or malformed host header cannot put anything else into a snippet', () => {
  for (const host of [null, 'a b', '"; rm -rf /', 'host:99999']) {
    expect(workerAddress({ ...visit, host })).toBe('http://localhost:3001');
  }
});
