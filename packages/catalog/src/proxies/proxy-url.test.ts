import fc from 'fast-check';
import { expect, test } from 'vitest';
import { proxySchemes, readProxyUrl } from './proxy-url.ts';

const urlOf = (text: string, allowPrivate = false) => {
  const read = readProxyUrl(text, allowPrivate);
  return 'problem' in read ? 'refused' : read.url;
};

test.each([
  ['http://proxy.example.com', 'http://proxy.example.com:80'],
  ['https://proxy.example.com/', 'https://proxy.example.com:443'],
  ['HTTPS://Proxy.Example.com:80', 'https://proxy.example.com:80'],
  ['http://proxy.example.com:443', 'http://proxy.example.com:443'],
  ['socks5://proxy.example.com', 'socks5://proxy.example.com:1080'],
  ['socks5h://proxy.example.com:80', 'socks5://proxy.example.com:80'],
  [' socks5://a:b@proxy.example.com:9 ', 'socks5://a:b@proxy.example.com:9'],
  ['http://user:p@ss@proxy.example.com', 'http://user:p%40ss@proxy.example.com:80'],
  ['http://user@proxy.example.com', 'http://user:@proxy.example.com:80'],
  ['http://[2606:4700::1111]:8080', 'http://[2606:4700::1111]:8080'],
])('%s is read as %s', (text, expected) => {
  expect(urlOf(text)).toBe(expected);
});

test.each([
  '',
  'proxy.example.com:8080',
  'ftp://proxy.example.com',
  'socks4://proxy.example.com',
  'socks://proxy.example.com',
  'http://',
  'http://user:password@',
  'http://proxy.example.com/path',
  'http://proxy.example.com?a=b',
  'http://proxy.example.com#a',
  'http://proxy.example.com:0',
  'http://proxy.example.com:70000',
  'http://:password@proxy.example.com',
  'http://a%3Ab:password@proxy.example.com',
  'http://a:%0d%0aHost:x@proxy.example.com',
  'http://a:%zz@proxy.example.com',
  'http://proxy.example.com\\@10.0.0.1',
  `socks5://${'a'.repeat(256)}:b@proxy.example.com`,
])('%s is refused, allowed or not', (text) => {
  expect([urlOf(text, false), urlOf(text, true)]).toEqual(['refused', 'refused']);
});

test('a private address in any spelling needs the operator’s word, in every scheme', () => {
  for (const scheme of proxySchemes) {
    for (const host of [
      '127.0.0.1',
      '127.1',
      '0x7f.1',
      '2130706433',
      '[::1]',
      '[::ffff:a00:1]',
      'localhost',
      'squid',
    ]) {
      expect([host, urlOf(`${scheme}://${host}:3128`)]).toEqual([host, 'refused']);
      expect([host, urlOf(`${scheme}://${host}:3128`, true)]).not.toEqual([host, 'refused']);
    }
  }
});

test('what was read is read the same again, with any user and password', () => {
  const part = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((text) => !/[\p{Cc}:]/u.test(text));
  fc.assert(
    fc.property(
      fc.constantFrom(...proxySchemes),
      part,
      part,
      fc.integer({ min: 1, max: 65_535 }),
      (scheme, user, password, port) => {
        const text = `${scheme}://${encodeURIComponent(user)}:${encodeURIComponent(password)}@p.example.com:${port}`;
        const read = readProxyUrl(text, false);
        if ('problem' in read) throw new Error(read.problem);
        expect(read.address).toEqual({ scheme, hostname: 'p.example.com', port, username: user, password });
        expect(readProxyUrl(read.url, false)).toEqual(read);
      },
    ),
  );
});

test('no problem quotes the password', () => {
  for (const text of ['ftp://u:SECRET@p.example.com', 'http://u:SECRET@10.0.0.1', 'http://u:SECRET@/'])
    expect(JSON.stringify(readProxyUrl(text, false))).not.toContain('SECRET');
});
