import { expect, test } from 'vitest';
import { deviceOf } from './device.ts';

test('usual browsers are recognised, and what is unknown is said to be', () => {
  const mozilla = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)';
  expect(deviceOf(`${mozilla} Chrome/140.0 Safari/537.36`)).toEqual({ browser: 'Chrome', system: 'Windows' });
  expect(deviceOf(`${mozilla} Chrome/140.0 Safari/537.36 Edg/140.0`)).toEqual({ browser: 'Edge', system: 'Windows' });
  expect(deviceOf('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/18 Safari/605')).toEqual({
    browser: 'Safari',
    system: 'macOS',
  });
  expect(deviceOf('Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile Safari/537')).toMatchObject({ system: 'Android' });
  expect(deviceOf(null)).toEqual({ browser: undefined, system: undefined });
});
