import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { runTool, type ToolRun } from '../support/coding-tools.ts';
import { createKey, newPerson, signUp } from './pages.ts';
import { readWelcome, workerUrl } from './welcome.ts';

const { version } = JSON.parse(fs.readFileSync(new URL('../../apps/cli/package.json', import.meta.url), 'utf8'));
/** Nobody listens there: what is fetched comes from the console alone. */
const noRegistry = { npm_config_registry: 'http://127.0.0.1:9/', npm_config_update_notifier: 'false' };

let home: string;
test.beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-fetched-'));
});
test.afterEach(() => fs.rmSync(home, { recursive: true, force: true }));

/** A line typed in a home with nothing in it, npm's cache neither. */
async function typed(line: string): Promise<ToolRun> {
  const ran = await runTool('sh', ['-c', line], home, { ...noRegistry, LANG: 'C' });
  expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 });
  return ran;
}

const settings = () => path.join(home, '.claude/settings.json');

test('npm installs the command from the console, and it sets a tool up for the worker and undoes it', async ({
  baseURL,
}) => {
  const { apiKey } = readWelcome();
  await typed(`npm install -g --prefix "$HOME/installed" ${baseURL}/ai-bridge.tgz`);
  const command = path.join(home, 'installed/bin/ai-bridge');
  expect((await typed(`${command} --version`)).stdout.trim()).toBe(version);
  const done = await typed(`printf %s ${apiKey} | ${command} init -s -u ${workerUrl()} -k -`);
  expect(done.stdout + done.stderr).not.toContain(apiKey);
  const { env } = JSON.parse(fs.readFileSync(settings(), 'utf8'));
  expect(env).toMatchObject({ ANTHROPIC_BASE_URL: workerUrl(), ANTHROPIC_AUTH_TOKEN: apiKey });
  await typed(`${command} undo`);
  expect(fs.existsSync(settings())).toBe(false);
});

test('the line that a new key is shown with works as it is pasted', async ({ page }) => {
  await signUp(page, newPerson());
  const secret = await createKey(page, 'by the command');
  const block = page.getByRole('dialog').getByRole('figure').filter({ hasText: 'Or let the ai-bridge command do it' });
  const line = (await block.locator('code').textContent()) ?? '';
  expect(line).toContain(secret);
  await typed(line);
  const { env } = JSON.parse(fs.readFileSync(settings(), 'utf8'));
  expect(env).toMatchObject({ ANTHROPIC_AUTH_TOKEN: secret });
  const asked = await fetch(`${env.ANTHROPIC_BASE_URL}/v1/key`, { headers: { 'x-api-key': secret } });
  expect(asked.status).toBe(200);
});

test('the file has its type, length and tag, no cookie, and one address whatever the reader’s language', async ({
  request,
}) => {
  const address = '/ai-bridge.tgz';
  const headers = { 'accept-language': 'en' };
  const got = await request.get(address, { headers, maxRedirects: 0 });
  expect(got.status()).toBe(200);
  const { etag = '', ...sent } = got.headers();
  expect(sent).toMatchObject({
    'content-type': 'application/gzip',
    'content-length': String((await got.body()).byteLength),
    'cache-control': 'public, max-age=60',
  });
  for (const name of ['set-cookie', 'content-encoding', 'x-file-length']) expect(sent).not.toHaveProperty(name);
  const head = await request.head(address, { headers, maxRedirects: 0 });
  expect(head.status()).toBe(200);
  expect(head.headers()).toMatchObject({ etag, 'content-length': sent['content-length'] });
  expect((await request.get(address, { headers: { 'if-none-match': etag } })).status()).toBe(304);
});
