import { expect, test } from '@playwright/test';
import { signIn } from './pages.ts';
import { readWelcome, workerUrl } from './welcome.ts';

test('a price and its tier are changed with a preview and a date, and withdrawn before they begin', async ({
  page,
}) => {
  await signIn(page, readWelcome().admin);
  await page.goto('/en/admin/models?search=gpt-4o-mini');
  await page.getByRole('link', { name: 'gpt-4o-mini', exact: true }).click();
  await page.getByRole('button', { name: 'Change price' }).click();
  const dialog = page.getByRole('dialog', { name: 'Price of gpt-4o-mini' });
  await dialog.getByLabel('Input').fill('0.1234567');
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(dialog.getByText('at most six decimals')).toBeVisible();
  await dialog.getByLabel('Input').fill('0.3');
  await dialog.getByRole('button', { name: 'Add a tier' }).click();
  const tier = dialog.getByRole('region', { name: 'Tier 1' });
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(tier.getByText('Give at least one price')).toBeVisible();
  await tier.getByLabel('Above tokens').fill('200,000');
  await tier.getByLabel('Output').fill('0.9');
  await dialog.getByRole('button', { name: 'At a date' }).click();
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16);
  await dialog.getByLabel('Date and time').fill(tomorrow);
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(dialog.getByText('From the last 30 days')).toBeVisible();
  await expect(dialog.getByText('above 200,000: Output 0.9')).toBeVisible();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(dialog).toBeHidden();
  const announced = page.getByRole('row').filter({ hasText: 'announced' });
  await expect(announced).toContainText('0.3');
  await expect(announced).toContainText('above 200,000: Output 0.9');
  await announced.getByRole('button', { name: /^Withdraw price/ }).click();
  await expect(page.getByRole('row').filter({ hasText: 'withdrawn' })).toContainText('0.3');
  await expect(page.getByRole('row').filter({ hasText: 'price.withdraw' })).toBeVisible();
});

test('a list is compared, a jump has to be ticked, and what is chosen is applied with its line as the source', async ({
  page,
}) => {
  const made = `made-${Date.now().toString(36)}`;
  await signIn(page, readWelcome().admin);
  await page.goto('/en/admin/models');
  await page.getByRole('link', { name: 'Import prices' }).click();
  const buffer = Buffer.from(
    `model,provider,input,output,colour\n${made},acme,1,2,red\ngpt-4.1,openai,900,9,\nbad,x,1.5x,2,\n`,
  );
  await page.getByLabel('File: CSV, JSON or YAML').setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByText('Line 4, input:')).toBeVisible();
  await expect(page.getByText('Not known here')).toContainText('colour');
  await expect(page.getByRole('row').filter({ hasText: 'gpt-4.1' })).toContainText('jump');
  await expect(page.getByRole('checkbox', { name: 'gpt-4.1' })).not.toBeChecked();
  await page.getByRole('button', { name: 'Apply 1 price' }).click();
  await expect(page).toHaveURL(/\/en\/admin\/models$/);
  await page.goto(`/en/admin/models/${made}`);
  await expect(page.getByRole('row').filter({ hasText: 'in force' })).toContainText('list.csv, line 2');
});

test('a fallback chain is put in another order by keyboard', async ({ page }) => {
  await signIn(page, readWelcome().admin);
  await page.goto('/en/admin/models/claude-sonnet-4-6');
  const chain = page.getByRole('list', { name: 'Fallback' }).getByRole('listitem');
  await expect(chain.nth(1)).toBeVisible();
  const second = ((await chain.nth(1).textContent()) ?? '').replace(/^2/, '').replace(/[↑↓]+$/, '');
  const down = page.getByRole('button', { name: /^Move .* down$/ }).first();
  await down.press('Enter');
  await expect(chain.first()).toContainText(second);
  await page.getByRole('button', { name: 'Save the order' }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await page.reload();
  await expect(chain.first()).toContainText(second);
});

test('a fallback chain is put in another order by dragging a row’s handle, with a finger too', async ({ browser }) => {
  const context = await browser.newContext({ hasTouch: true, viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await signIn(page, readWelcome().admin);
  await page.goto('/en/admin/models/claude-sonnet-4-6');
  const chain = page.getByRole('list', { name: 'Fallback' });
  const grips = chain.getByTestId('grip');
  await grips.first().scrollIntoViewIfNeeded();
  const names = () => chain.getByRole('listitem').locator('.break-all').allTextContents();
  const before = await names();
  expect(before.length).toBeGreaterThan(1);
  const places = await Promise.all((await grips.all()).map((grip) => grip.boundingBox()));
  const middle = (at: number) => {
    const { x, y, width, height } = places[at] ?? { x: 0, y: 0, width: 0, height: 0 };
    return { x: x + width / 2, y: y + height / 2 };
  };
  const fingers = await context.newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
    fingers.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  await touch('touchStart', [middle(0)]);
  await touch('touchMove', [{ ...middle(1), y: middle(1).y - 4 }]);
  await touch('touchMove', [middle(1)]);
  await touch('touchEnd', []);
  await expect.poll(names).toEqual([before[1], before[0], ...before.slice(2)]);
  await page.mouse.move(middle(1).x, middle(1).y);
  await page.mouse.down();
  await page.mouse.move(middle(0).x, middle(0).y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(names).toEqual(before);
  await expect(page.getByRole('button', { name: 'Save the order' })).toBeDisabled();
  await context.close();
});

test('a model gets another name, answers to it within a second, and no other model can have it', async ({ page }) => {
  const alias = `nano-${Date.now().toString(36)}`;
  await signIn(page, readWelcome().admin);
  const edit = async (model: string, text: string) => {
    await page.goto(`/en/admin/models/${model}`);
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: `Edit ${model}` });
    await dialog.getByLabel('Other names').fill(text);
    await dialog.getByRole('button', { name: 'Save' }).click();
    return dialog;
  };
  await expect(await edit('gpt-4.1-nano', `${alias}\nclaude-${alias}`)).toBeHidden();
  await expect(page.getByText(`${alias}, claude-${alias}`)).toBeVisible();
  const headers = { authorization: `Bearer ${readWelcome().apiKey}` };
  await expect.poll(async () => (await fetch(`${workerUrl()}/v1/models/${alias}`, { headers })).status).toBe(200);
  const refused = await edit('gpt-4.1-mini', alias);
  await expect(refused.getByRole('alert')).toContainText('other names must be ones that no model has');
  await expect(await edit('gpt-4.1-nano', '')).toBeHidden();
  await expect.poll(async () => (await fetch(`${workerUrl()}/v1/models/${alias}`, { headers })).status).toBe(404);
});

test('a model that is said to take no images refuses them at once, and says so to customers', async ({ page }) => {
  const model = 'glm-4.5-air';
  await signIn(page, readWelcome().admin);
  const say = async (images: string) => {
    await page.goto(`/en/admin/models/${model}`);
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: `Edit ${model}` });
    await dialog.getByLabel('Images').selectOption(images);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();
  };
  const ask = async () => {
    const answer = await fetch(`${workerUrl()}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${readWelcome().apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model,
        messages: [
          { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw==' } }] },
        ],
      }),
    });
    return [answer.status, await answer.text()] as const;
  };
  await say('Not known');
  await expect.poll(async () => (await ask())[0]).not.toBe(400);
  await say('No');
  await expect.poll(async () => (await ask())[0]).toBe(400);
  expect((await ask())[1]).toContain(`messages.0.content.0: the model ${model} takes no images`);
  await page.goto(`/en/models/${model}`);
  await expect(page.getByText('Does not take').locator('..')).toContainText('Images');
});
