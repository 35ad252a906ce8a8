import { newId } from '@ai-bridge/domain';
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test';
import { accessibilityFaults, keyboardFaults } from '../support/accessibility.ts';
import { askRefund, buy, inShop, newStaff } from '../support/shop.ts';
import { newPerson, signIn, signUp } from './pages.ts';

const words = {
  '/en': {
    ...{ help: 'Keyboard shortcuts', search: 'Find a customer', off: 'Single-key shortcuts act', close: 'Close' },
    ...{ decline: 'Decline', keep: 'Keep these filters', views: 'My views', first: 'The page opens with it' },
    ...{ none: 'None of them', manage: 'Manage views', rename: 'Rename', done: 'Done', remove: 'Delete: ' },
    ...{ opening: ' (opens first)', reason: 'Reason', nothingPaid: 'Nothing was paid back.' },
  },
  '/zh': {
    ...{ help: '键盘快捷键', search: '查找客户', off: '启用单键快捷键', close: '关闭' },
    ...{ decline: '拒绝', keep: '保存当前筛选', views: '我的视图', first: '打开页面时默认使用' },
    ...{ none: '不使用视图', manage: '管理视图', rename: '重命名', done: '完成', remove: '删除：' },
    ...{ opening: '（默认打开）', reason: '理由', nothingPaid: '没有退款，代币仍在余额中。' },
  },
} as const;
const languages = ['/en', '/zh'] as const;

async function deskOf(browser: Browser, person?: Awaited<ReturnType<typeof newStaff>>): Promise<Page> {
  const desk = await (await browser.newContext()).newPage();
  await signIn(desk, person ?? (await newStaff('support')));
  return desk;
}

/** So many refunds that a new customer asked for. */
async function askedFor(page: Page, count: number): Promise<void> {
  const customer = newPerson();
  await signUp(page, customer);
  for (let made = 0; made < count; made++) await askRefund(await buy(customer.email));
}

const rowsOf = (desk: Page) => desk.locator('tbody tr');
const linkOf = (row: Locator) => row.getByRole('link').first();
const pathOf = async (link: Locator) => (await link.getAttribute('href')) ?? '';
const at = (desk: Page) => new URL(desk.url()).pathname;
const isInDecision = (desk: Page) =>
  desk.evaluate(() => document.getElementById('decision')?.contains(document.activeElement) ?? false);

/** Presses Tab until this has the focus. */
async function tabTo(desk: Page, target: Locator): Promise<void> {
  const maxPresses = 80;
  for (let press = 0; press < maxPresses; press++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await desk.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}

for (const prefix of languages) {
  const said = words[prefix];

  test(`${prefix}: the queue is gone through, decided and come back to by the keyboard alone, at the place where it was left`, async ({
    page,
    browser,
  }) => {
    test.slow();
    await askedFor(page, 3);
    const desk = await deskOf(browser);
    await desk.goto(`${prefix}/admin/refunds`);
    const rows = rowsOf(desk);
    await expect(linkOf(rows.nth(2))).toBeVisible();
    const pages = await Promise.all([0, 1, 2].map((row) => pathOf(linkOf(rows.nth(row)))));
    await desk.keyboard.press('k');
    await expect(linkOf(rows.nth(0))).toBeFocused();
    await desk.keyboard.press('j');
    await expect(linkOf(rows.nth(1))).toBeFocused();
    const isMarked = () => rows.nth(1).evaluate((row) => getComputedStyle(row).backgroundColor !== 'rgba(0, 0, 0, 0)');
    expect(await isMarked()).toBe(true);
    await desk.keyboard.press('Enter');
    await expect.poll(() => at(desk)).toBe(pages[1]);
    await expect(desk.locator('#decision')).toBeVisible();
    await desk.keyboard.press('j');
    await expect.poll(() => at(desk)).toBe(pages[2]);
    await desk.keyboard.press('k');
    await expect.poll(() => at(desk)).toBe(pages[1]);
    await expect(desk.locator('#decision')).toBeVisible();
    await desk.keyboard.press('u');
    await expect(linkOf(rows.nth(1))).toBeFocused();

    await desk.keyboard.press('r');
    await expect.poll(() => at(desk)).toBe(pages[1]);
    await expect.poll(() => isInDecision(desk)).toBe(true);
    const reason = desk.getByLabel(said.reason, { exact: true });
    await tabTo(desk, reason);
    await desk.keyboard.type('junk u r ? /');
    await expect(reason).toHaveValue('junk u r ? /');
    expect(at(desk)).toBe(pages[1]);
    await tabTo(desk, desk.getByRole('button', { name: said.decline, exact: true }));
    await desk.keyboard.press('Enter');
    await expect(desk.getByText(said.nothingPaid)).toBeVisible();
    await desk.keyboard.press('u');
    await expect(desk.locator(`tbody a[href="${pages[1]}"]`)).toHaveCount(0);
    await expect(desk.locator(`tbody a[href="${pages[2]}"]`).first()).toBeFocused();
    await expect(linkOf(rows.nth(1))).toBeFocused();
    await desk.context().close();
  });

  test(`${prefix}: the keys are explained and can be switched off, and leave fields, dialogs and other keys alone`, async ({
    page,
    browser,
  }) => {
    test.slow();
    await askedFor(page, 2);
    const desk = await deskOf(browser);
    await desk.goto(`${prefix}/admin/refunds`);
    const first = linkOf(rowsOf(desk).first());
    const second = linkOf(rowsOf(desk).nth(1));
    await expect(second).toBeVisible();
    await desk.keyboard.press('Control+j');
    await expect(first).not.toBeFocused();
    await desk.keyboard.press('j');
    await expect(first).toBeFocused();
    await desk.keyboard.press('/');
    await expect(desk.getByRole('textbox', { name: said.search })).toBeFocused();
    await desk.keyboard.type('j?k');
    await expect(desk.getByRole('textbox', { name: said.search })).toHaveValue('j?k');
    await expect(desk.getByRole('dialog')).toBeHidden();
    await first.focus();

    await desk.keyboard.press('?');
    const help = desk.getByRole('dialog', { name: said.help });
    await expect(help).toBeVisible();
    await desk.keyboard.press('j');
    await desk.keyboard.press('/');
    await expect(help).toBeVisible();
    await desk.keyboard.press('Escape');
    await expect(help).toBeHidden();
    await expect(first).toBeFocused();
    await desk.keyboard.press('j');
    await expect(second).toBeFocused();

    await desk.keyboard.press('?');
    await tabTo(desk, help.getByRole('checkbox', { name: said.off }));
    await desk.keyboard.press('Space');
    await desk.keyboard.press('Escape');
    await expect(help).toBeHidden();
    for (const reload of [false, true]) {
      if (reload) await desk.reload();
      await expect(first).toBeVisible();
      await first.focus();
      for (const key of ['j', '?', '/', 'r']) await desk.keyboard.press(key);
      await expect(first).toBeFocused();
      await expect(desk.getByRole('dialog')).toBeHidden();
    }
    const button = desk.getByRole('button', { name: said.help });
    await button.focus();
    await desk.keyboard.press('Enter');
    await tabTo(desk, help.getByRole('checkbox', { name: said.off }));
    await desk.keyboard.press('Space');
    await desk.keyboard.press('Escape');
    await expect(help).toBeHidden();
    await first.focus();
    await desk.keyboard.press('j');
    await expect(second).toBeFocused();
    await desk.context().close();
  });

  test(`${prefix}: a view is kept, opens first, is chosen on another machine, renamed and deleted, and is nobody else’s`, async ({
    browser,
  }) => {
    test.slow();
    const person = await newStaff('support');
    const desk = await deskOf(browser, person);
    const views = (of: Page) => of.getByRole('combobox', { name: said.views });
    const orders = `${prefix}/admin/orders`;
    await desk.goto(`${orders}?state=paid&search=plan`);
    await tabTo(desk, desk.getByRole('button', { name: said.keep }));
    await desk.keyboard.press('Enter');
    const form = desk.getByRole('dialog', { name: said.keep });
    await expect(form.getByRole('textbox')).toBeFocused();
    await desk.keyboard.press('Enter');
    await expect(form.getByRole('alert')).toBeVisible();
    await desk.keyboard.type('Paid j');
    await tabTo(desk, form.getByRole('checkbox', { name: said.first }));
    await desk.keyboard.press('Space');
    await desk.keyboard.press('Shift+Tab');
    await desk.keyboard.press('Enter');
    await expect(form).toBeHidden();
    await expect(views(desk).locator('option:checked')).toHaveText(`Paid j${said.opening}`);
    await expect(desk.getByRole('button', { name: said.keep })).toBeHidden();

    const elsewhere = await deskOf(browser, person);
    await elsewhere.goto(orders);
    await expect(elsewhere).toHaveURL(/orders\?search=plan&state=paid$/);
    await views(elsewhere).selectOption(said.none);
    await expect(elsewhere).toHaveURL(/\?view=all$/);
    await expect(elsewhere.getByRole('searchbox')).toHaveValue('');
    await elsewhere.reload();
    await expect(elsewhere).toHaveURL(/\?view=all$/);
    await views(elsewhere).selectOption({ index: 1 });
    await expect(elsewhere).toHaveURL(/orders\?search=plan&state=paid$/);
    await expect(elsewhere.getByRole('searchbox')).toHaveValue('plan');
    await elsewhere.context().close();

    const colleague = await deskOf(browser);
    await colleague.goto(orders);
    await expect(colleague.getByRole('heading', { level: 1 })).toBeVisible();
    // The default language has no prefix.
    await expect(colleague).toHaveURL(/\/admin\/orders$/);
    await colleague.waitForLoadState('networkidle');
    await expect(views(colleague)).toHaveCount(0);
    await colleague.context().close();

    await tabTo(desk, desk.getByRole('button', { name: said.manage }));
    await desk.keyboard.press('Enter');
    const managed = desk.getByRole('dialog');
    await managed.getByRole('textbox').fill('Settled');
    await desk.keyboard.press('Enter');
    await expect(managed.getByRole('form', { name: 'Settled' })).toBeVisible();
    await tabTo(desk, managed.getByRole('checkbox', { name: said.first }));
    await desk.keyboard.press('Space');
    await expect(managed.getByRole('checkbox', { name: said.first })).not.toBeChecked();
    await desk.keyboard.press('Escape');
    await expect(views(desk).locator('option:checked')).toHaveText('Settled');
    await desk.goto(orders);
    await expect(views(desk)).toBeVisible();
    await expect(desk).toHaveURL(/\/admin\/orders$/);
    await tabTo(desk, desk.getByRole('button', { name: said.manage }));
    await desk.keyboard.press('Enter');
    await tabTo(desk, managed.getByRole('button', { name: `${said.remove}Settled` }));
    await desk.keyboard.press('Enter');
    await expect(managed.getByRole('listitem')).toHaveCount(0);
    await desk.keyboard.press('Escape');
    await expect(views(desk)).toHaveCount(0);
    await desk.context().close();
  });

  test(`${prefix}: keys and views are reached, read and used at 360 pixels`, async ({ page, browser }) => {
    test.slow();
    await askedFor(page, 1);
    const desk = await deskOf(browser);
    await desk.setViewportSize({ width: 360, height: 740 });
    const fits = async () => {
      expect(await accessibilityFaults(desk)).toEqual([]);
      const excess = await desk.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(excess).toBeLessThanOrEqual(0);
    };
    await desk.goto(`${prefix}/admin/refunds?part=requested`);
    await desk.getByRole('button', { name: said.keep }).click();
    await fits();
    await desk.keyboard.type('A rather long name of a view that somebody keeps for long');
    await desk.keyboard.press('Enter');
    await expect(desk.getByRole('dialog')).toBeHidden();
    await expect(desk.getByRole('combobox', { name: said.views })).toBeVisible();
    await fits();
    await desk.getByRole('button', { name: said.manage }).click();
    await expect(desk.getByRole('dialog').getByRole('textbox')).toBeVisible();
    await fits();
    await desk.keyboard.press('Escape');
    await expect(desk.getByRole('dialog')).toBeHidden();
    expect(await keyboardFaults(desk)).toEqual([]);
    await desk.getByRole('button', { name: said.help }).click();
    await expect(desk.getByRole('dialog')).toBeVisible();
    await fits();
    await desk.keyboard.press('Escape');
    await expect(desk.getByRole('dialog')).toBeHidden();
    await linkOf(rowsOf(desk).first()).click();
    await expect(desk.locator('#decision')).toBeVisible();
    await fits();
    await desk.context().close();
  });
}

test('the list of customers is gone through over its pages, and is whole again on the way back', async ({
  browser,
}) => {
  test.slow();
  const name = `Paged ${newId('org')}`;
  const pageSize = 50;
  const made = Array.from({ length: pageSize + 2 }, (_, index) => ({ id: newId('org'), name: `${name} ${index}` }));
  await inShop(({ prisma }) => prisma.organization.createMany({ data: made }));
  const desk = await deskOf(browser);
  await desk.goto(`/en/admin/customers?search=${encodeURIComponent(name)}`);
  const rows = rowsOf(desk);
  await expect(rows).toHaveCount(pageSize);
  for (let press = 0; press < pageSize; press++) await desk.keyboard.press('j');
  await expect(linkOf(rows.nth(pageSize - 1))).toBeFocused();
  await desk.keyboard.press('j');
  await expect(linkOf(rows.nth(pageSize))).toBeFocused();
  await expect(linkOf(rows.nth(pageSize))).toBeInViewport();
  const opened = await pathOf(linkOf(rows.nth(pageSize)));
  await desk.keyboard.press('Enter');
  await expect.poll(() => at(desk)).toBe(opened);
  await expect(desk.getByText(`${pageSize + 1} of ${pageSize + 2}`)).toBeVisible();
  await desk.keyboard.press('u');
  await expect(rows).toHaveCount(pageSize + 2);
  await expect(linkOf(rows.nth(pageSize))).toBeFocused();
  await desk.keyboard.press('/');
  await expect(desk.getByRole('main').getByRole('searchbox')).toBeFocused();
  await desk.context().close();
});
