import { expect, test } from 'vitest';
import { contentPolicy } from './content-policy.ts';

const workerOrigin = 'https://api.example.com';

test('in production no script runs without the nonce and nothing comes from elsewhere', () => {
  const policy = contentPolicy('abc', { development: false, https: true, workerOrigin });
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
  expect(policy).not.toContain('unsafe-eval');
  expect(policy).not.toMatch(/script-src[^;]*unsafe-inline/);
  expect(policy).not.toMatch(/style-src-elem[^;]*unsafe-inline/);
  expect(policy).toContain(`connect-src 'self' ${workerOrigin};`);
  expect(policy.match(/https?:\/\//g)).toHaveLength(1);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
});

test('a console on plain http in a local network is not upgraded to https it does not have', () => {
  expect(contentPolicy('abc', { development: false, https: false, workerOrigin })).not.toContain(
    'upgrade-insecure-requests',
  );
});
