import { expect, test } from 'vitest';
import { readBaseUrl } from './base-url.ts';

test('trailing slashes go, the path stays', () => {
  expect(readBaseUrl('https://API.example.com///', false)).toEqual({ baseUrl: 'https://api.example.com' });
  expect(readBaseUrl('https://open.bigmodel.cn/api/coding/paas/v4/', false)).toEqual({
    baseUrl: 'https://open.bigmodel.cn/api/coding/paas/v4',
  });
});

test('private addresses in any spelling need the operator’s word', () => {
  for (const host of [
    '127.0.0.1:9001',
    '127.1',
    '2130706433',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '0x7f000001',
    '127.0.0.1.',
    '①②⑦.⓪.⓪.①',
    '127。0。0。1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::7f00:1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::7f00:1]',
    '[::ffff:a00:1]',
    '[2002:7f00:1::]',
    '[2001:0:7f00:1::]',
    '[fc00::1]',
    '[fe80::1]',
    '[ff02::1]',
    'localhost',
    'localhost.',
    '127.0.0.1:80\\@api.example.com',
    'api.localhost',
    'upstream:8080',
    'metadata.google.internal',
    'printer.local',
  ]) {
    expect([host, 'problem' in readBaseUrl(`http://${host}/`, false)]).toEqual([host, true]);
    expect([host, 'baseUrl' in readBaseUrl(`http://${host}/`, true)]).toEqual([host, true]);
  }
});

test('public addresses need nothing', () => {
  for (const host of ['api.anthropic.com', '8.8.8.8', '172.32.0.1', '[2606:4700::1111]'])
    expect([host, readBaseUrl(`https://${host}`, false)]).toEqual([host, { baseUrl: `https://${host}` }]);
});

test('other schemes, users, queries and fragments are refused, allowed or not', () => {
  for (const text of [
    '',
    'api.example.com',
    'file:///etc/passwd',
    'ftp://example.com',
    'gopher://example.com',
    'javascript:alert(1)',
    'https://user@example.com',
    'https://user:password@example.com',
    'https://api.example.com@127.0.0.1',
    'https://api.example.com:443@127.0.0.1',
    'http://[fe80::1%25eth0]',
    'https://example.com/?a=b',
    'https://example.com/#a',
    'https://',
  ])
    expect([text, 'problem' in readBaseUrl(text, true)]).toEqual([text, true]);
});
