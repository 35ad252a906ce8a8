import { startTunnelProxy, type TunnelProxy } from '@ai-bridge/testing/network';
import { expect, type Page, test } from '@playwright/test';
import { closeNewKey, keyAction, keyRow, newPerson, signIn, signUp } from './pages.ts';
import { readWelcome, workerUrl } from './welcome.ts';

const user = { name: 'CANARY-PROXY-USER', password: 'CANARY-PROXY-PASSWORD' };
let way: TunnelProxy;
test.beforeAll(async () => {
  way = await startTunnelProxy({ scheme: 'socks5', user });
});
test.afterAll(() => way.stop());

const unique = () => Date.now().toString(36);

async function addGroup(page: Page, id: string, isOffered: boolean): Promise<void> {
  await page.goto('/en/admin/groups');
  await page.getByRole('button', { name: 'Add group' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a group' });
  await dialog.getByLabel('Id', { exact: true }).fill(id);
  await dialog.getByLabel('Name').fill(`Group ${id}`);
  await dialog.getByLabel('Multiplier').fill('0.8');
  await dialog.getByText('gpt-4o', { exact: true }).click();
  if (isOffered) await dialog.getByText('Customers may choose it').click();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog).toBeHidden();
}

test('a customer chooses among the groups on offer, and the key is bound to it', async ({ page, browser }) => {
  test.slow();
  const [offered, hidden] = [`o${unique()}`, `h${unique()}`];
  const desk = await browser.newPage();
  await signIn(desk, readWelcome().admin);
  await addGroup(desk, offered, true);
  await addGroup(desk, hidden, false);
  await expect(desk.getByRole('row').filter({ hasText: offered })).toContainText('may choose it');

  await signUp(page, newPerson());
  await page.goto('/en/console/keys?create=1');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('radio', { name: /^Default/ })).toBeChecked();
  await expect(dialog.getByText(`Group ${hidden}`)).toBeHidden();
  await dialog.getByRole('radio', { name: new RegExp(`Group ${offered} .*× 0.8`) }).check();
  await dialog.getByRole('button', { name: 'Models and failover' }).click();
  await expect(dialog.getByRole('group', { name: 'Allowed models' }).getByRole('checkbox')).toHaveCount(1);
  await dialog.getByLabel('Name').fill('economical');
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  const secret = (await dialog.getByTestId('new-secret').textContent()) ?? '';
  await closeNewKey(page);
  await expect(keyRow(page, 'economical')).toContainText(`Group ${offered} × 0.8`);
  await keyAction(page, 'economical', 'Details');
  await expect(page.getByRole('dialog', { name: 'Key “economical”' })).toContainText(`Group ${offered} × 0.8`);
  await page.keyboard.press('Escape');

  const asked = await fetch(`${workerUrl()}/v1/key`, { headers: { authorization: `Bearer ${secret}` } });
  expect(await asked.json()).toMatchObject({ key: { group: offered } });

  await desk.getByRole('button', { name: `Actions for Group ${offered}` }).click();
  await desk.getByRole('menuitem', { name: 'Disable' }).click();
  await expect(desk.getByRole('row').filter({ hasText: offered })).toContainText('Off');
  await page.reload();
  await expect(keyRow(page, 'economical')).toContainText('Group switched off');
  await page.goto('/en/console/keys?create=1');
  await expect(page.getByRole('radio', { name: /^Default/ })).toBeChecked();
  await expect(page.getByRole('radio', { name: new RegExp(`Group ${offered}`) })).toHaveCount(0);
  await desk.close();
});

test('a proxy is added, tested for real, edited without its password, and deleted by typing its name', async ({
  page,
}) => {
  const bodies: Promise<string>[] = [];
  page.on('response', (response) => bodies.push(response.text().catch(() => '')));
  const name = `way-${unique()}`;
  await signIn(page, readWelcome().admin);
  await page.goto('/en/admin/egress');
  await page.getByRole('button', { name: 'Add proxy' }).first().click();
  const form = page.getByRole('dialog', { name: 'Add a proxy' });
  await form.getByLabel('Name').fill(name);
  await form.getByLabel('URL').fill(way.url);
  await form.getByLabel('Pool').fill('asia');
  await form.getByRole('button', { name: 'Add and test' }).click();
  await expect(form.getByText('A private address needs the switch below')).toBeVisible();
  await form.getByText('private network').click();
  await expect(form.getByText('machines in your own network')).toBeVisible();
  await form.getByRole('button', { name: 'Add and test' }).click();
  const result = page.getByRole('dialog', { name: `Test of “${name}”` });
  await expect(result.getByText('It works')).toBeVisible();
  await expect(result.getByText('The proxy itself', { exact: true })).toBeVisible();

  await way.stop();
  await result.getByRole('button', { name: 'Test again' }).click();
  await expect(result.getByText('the proxy cannot be reached (ECONNREFUSED)')).toBeVisible();
  await way.start();
  await result.getByRole('button', { name: 'Done' }).click();
  const row = page.getByRole('row').filter({ hasText: name });
  await expect(page.getByRole('heading', { name: 'Pool asia' })).toBeVisible();

  const choose = async (action: string) => {
    await page.getByRole('button', { name: `Actions for ${name}` }).click();
    await page.getByRole('menuitem', { name: action, exact: true }).click();
  };
  await choose('Edit');
  const edit = page.getByRole('dialog', { name: `Edit “${name}”` });
  await expect(edit.getByLabel('URL')).toHaveValue('');
  await edit.getByLabel('Pool').fill('europe');
  await edit.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'Pool europe' })).toBeVisible();
  await choose('Test');
  await expect(result.getByText('It works')).toBeVisible();
  await result.getByRole('button', { name: 'Done' }).click();

  await page.goto('/en/admin/channels?add=1');
  await page.getByRole('button', { name: 'More settings' }).click();
  await expect(page.getByLabel('Goes out through').getByRole('option', { name: 'europe' })).toHaveCount(1);

  await page.goto('/en/admin/egress');
  await choose('Delete…');
  const remove = page.getByRole('dialog', { name: 'Delete proxy' });
  await expect(remove.getByRole('button', { name: 'Delete proxy' })).toBeDisabled();
  await remove.getByRole('textbox').fill(name);
  await remove.getByRole('button', { name: 'Delete proxy' }).click();
  await expect(row).toBeHidden();
  expect((await Promise.all(bodies)).join('\n')).not.toContain('CANARY');
});

test('Codex’s instructions are stored by how model ids begin, edited and deleted', async ({ page }) => {
  const beginning = `gpt-${unique()}`;
  await signIn(page, readWelcome().admin);
  await page.goto('/en/admin/channels');
  await page.getByRole('link', { name: 'Codex instructions' }).click();
  await page.getByRole('button', { name: 'Add text' }).first().click();
  const form = page.getByRole('dialog', { name: 'Add a text' });
  await form.getByLabel('Model ids that begin with').fill('no spaces allowed');
  await form.getByLabel('Instructions').fill('字'.repeat(22_000));
  await expect(form.getByText('A text of 1 to 65,536 bytes.')).toBeVisible();
  await expect(form.getByRole('button', { name: 'Save' })).toBeDisabled();
  await form.getByLabel('Instructions').fill('You are Codex.\nBe exact.');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('* or 1 to 200 of letters')).toBeVisible();
  await form.getByLabel('Model ids that begin with').fill(beginning);
  await form.getByRole('button', { name: 'Save' }).click();
  const row = page.getByRole('row').filter({ hasText: beginning });
  await expect(row).toContainText('You are Codex. Be exact.');

  const choose = async (action: string) => {
    await page.getByRole('button', { name: `Actions for ${beginning}` }).click();
    await page.getByRole('menuitem', { name: action, exact: true }).click();
  };
  await choose('Edit');
  const edit = page.getByRole('dialog', { name: `Text for “${beginning}”` });
  await expect(edit.getByLabel('Instructions')).toHaveValue('You are Codex.\nBe exact.');
  await edit.getByLabel('Instructions').fill('You are Codex, and brief.');
  await edit.getByRole('button', { name: 'Save' }).click();
  await expect(row).toContainText('You are Codex, and brief.');
  await choose('Delete…');
  const remove = page.getByRole('dialog', { name: 'Delete text' });
  await remove.getByRole('textbox').fill(beginning);
  await remove.getByRole('button', { name: 'Delete text' }).click();
  await expect(row).toBeHidden();
});
