import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { readWelcome, workerUrl } from './welcome.ts';

const web = fileURLToPath(new URL('../../apps/web', import.meta.url));
const filesIn = (folder: string): string[] =>
  fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => file.split(path.sep).join('/'));

/** Every address of the web app, from its folders: groups have no part in it, and what varies is made up. */
function addresses(): string[] {
  return filesIn(path.join(web, 'src/app'))
    .filter((file) => /(^|\/)(page|route)\.tsx?$/.test(file))
    .map((file) => {
      const parts = file.split('/').slice(0, -1);
      const shown = parts.filter((part) => !/^\(.*\)$/.test(part));
      return `/${shown.map((part) => (part === '[locale]' ? 'en' : part.replace(/^\[.*\]$/, 'made-up'))).join('/')}`;
    });
}

const always = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

test('every answer carries the security headers: pages, calls, files, errors', async ({ request }) => {
  const [chunk] = filesIn(path.join(web, '.next/static')).filter((file) => file.endsWith('.js'));
  const all = [
    ...addresses(),
    '/icon.svg',
    `/_next/static/${chunk}`,
    '/_next/static/missing.js',
    '/en/made/up',
    '/api/none',
  ];
  expect(all.length).toBeGreaterThan(30);
  for (const address of all) {
    const answer = await request.get(address, { maxRedirects: 0 });
    const headers = answer.headers();
    expect.soft(headers, address).toMatchObject(always);
    expect.soft(headers['permissions-policy'], address).toContain('camera=()');
    expect.soft(headers, address).not.toHaveProperty('x-powered-by');
    expect.soft(headers, address).not.toHaveProperty('strict-transport-security');
    const policy = headers['content-security-policy'] ?? '';
    expect.soft(policy, address).toContain("default-src 'none'");
    expect.soft(policy, address).toContain("frame-ancestors 'none'");
    // The site's own worker is the one other place that a page may call.
    const elsewhere = policy.replace(new RegExp(`connect-src 'self' http://[\\w.]+:${new URL(workerUrl()).port};`), '');
    expect.soft(elsewhere, address).not.toMatch(/script-src[^;]*'unsafe-|https?:\/\//);
  }
});

test('a page’s scripts run by a nonce that no two answers share', async ({ request }) => {
  const nonceOf = async () =>
    /'nonce-([^']+)'/.exec((await request.get('/en/sign-in')).headers()['content-security-policy'] ?? '')?.[1];
  const [first, second] = [await nonceOf(), await nonceOf()];
  expect(first).toBeTruthy();
  expect(first).not.toBe(second);
});

test('over https a browser is told to stay there', async ({ request }) => {
  for (const address of ['/en', '/api/health', '/icon.svg']) {
    const answer = await request.get(address, { headers: { 'x-forwarded-proto': 'https' }, maxRedirects: 0 });
    expect.soft(answer.headers()['strict-transport-security'], address).toBe('max-age=31536000; includeSubDomains');
  }
});

test('what browsers are given holds no secret, no name of one, and no source map', () => {
  const folder = path.join(web, '.next/static');
  const welcome = readWelcome();
  const secrets = fs.readFileSync(path.join(process.env['DATA_DIR'] ?? '', 'secrets.env'), 'utf8');
  const values = [...secrets.matchAll(/^[A-Z_]+=(.+)$/gm)].map((match) => match[1] ?? '');
  const names = ['NEXTAUTH_SECRET', 'BRIDGE_KEY_PEPPER', 'BRIDGE_SEALING', 'DATABASE_URL', 'STRIPE_SECRET', 'SMTP_URL'];
  const forbidden = [...values, ...names, 'GITHUB_SECRET', welcome.apiKey, welcome.admin.password, 'postgresql://'];
  expect(values.length).toBeGreaterThan(2);
  const files = filesIn(folder).filter((file) => fs.statSync(path.join(folder, file)).isFile());
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) {
    expect.soft(file).not.toMatch(/\.map$/);
    const text = fs.readFileSync(path.join(folder, file), 'latin1');
    for (const word of forbidden) expect.soft(text.includes(word), `${file} holds ${word.slice(0, 6)}…`).toBe(false);
    expect.soft(/\/\/# sourceMappingURL=/.test(text), file).toBe(false);
  }
});
