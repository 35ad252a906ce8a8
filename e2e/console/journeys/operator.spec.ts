import { type FakeUpstream, sim, startFakeUpstream } from '@ai-bridge/testing/upstream';
import { expect, test } from '@playwright/test';
import { siteUrl } from '../../site/site-pages.ts';
import { type OpenCall, openCall } from '../../support/call.ts';
import { newStaff } from '../../support/shop.ts';
import { takeAwayChannels } from '../console-channels.ts';
import { readWelcome, workerUrl } from '../welcome.ts';
import { addChannel } from './add-channel.ts';
import { journeys, signInOn, type Walker, walk } from './journey.ts';

/** Workers tell every 5 s what they see of channels, and the page asks as often. */
const seenWithinMs = 15_000;
let upstream: FakeUpstream;

test.beforeAll(async () => {
  upstream = await startFakeUpstream();
});

// Whatever comes after goes through the one channel that it makes.
test.afterEach(({ browser }) => takeAwayChannels(browser, siteUrl()));

test.afterAll(() => upstream.stop());

/** A stream through the channel that stops in its middle until the upstream lets go of `hold`. */
async function openStream(hold: string): Promise<OpenCall> {
  const content = sim({ hold, holdAfter: 2, chunks: 6 });
  const open = openCall(`${workerUrl()}/v1/messages`, {
    headers: { 'x-api-key': readWelcome().apiKey, 'anthropic-version': '2023-06-01' },
    body: { model: 'claude-sonnet-4-6', max_tokens: 64, stream: true, messages: [{ role: 'user', content }] },
  });
  await expect.poll(() => upstream.waiting(hold)).toBe(1);
  return open;
}

async function drain({ page, say, look }: Walker, name: string): Promise<void> {
  // The row's: the channel's own page, which is left just now, has the same menu.
  const row = page.getByRole('row').filter({ hasText: name });
  await row.getByRole('button', { name: say('channels.actionsOf', { name }) }).click();
  await page.getByRole('menuitem', { name: say('channels.drain.begin'), exact: true }).click();
  const left = say('channels.state.drainingOf', { count: '1' });
  await expect(row).toContainText(left, { timeout: seenWithinMs });
  await look('draining');
}

for (const [at, journey] of journeys.entries()) {
  test(`an operator drains a channel, sees its last stream end whole, and lets it serve again (${journey.name})`, async ({
    browser,
  }) => {
    test.slow();
    const name = `pier-${at}`;
    const operator = await walk(browser, journey, 'operator');
    const { page, say, open, follow, look } = operator;
    await signInOn(operator, await newStaff('operator'));
    await open('/admin/channels');
    await addChannel(operator, name, upstream.url);
    const stream = await openStream(name);
    await follow('admin', 'channels');
    await drain(operator, name);

    upstream.release(name);
    expect((await stream.whole).toString()).toContain('message_stop');
    const row = page.getByRole('row').filter({ hasText: name });
    await expect(row).toContainText(say('channels.state.drained'), { timeout: seenWithinMs });
    await row.getByRole('link', { name }).click();
    await expect(page.getByText(say('channels.drain.done'))).toBeVisible();
    await look('drained');
    await page.getByRole('button', { name: say('channels.drain.undo') }).click();
    await expect(page.getByText(say('channels.drain.done'))).toBeHidden();
    await operator.leave();
  });
}
