import { type Browser, expect } from '@playwright/test';
import { signIn } from './pages.ts';
import { readWelcome } from './welcome.ts';

/** Deletes all channels made in the console. The demo channel answers again only once no other one is left, and other tests live from it. */
export async function takeAwayChannels(browser: Browser, siteUrl: string): Promise<void> {
  const page = await browser.newPage({ baseURL: siteUrl });
  await signIn(page, readWelcome().admin);
  const list = (await (await page.request.get('/api/trpc/channel.list')).json()) as {
    result: { data: { json: { id: string; origin: string }[] } };
  };
  for (const { id, origin } of list.result.data.json) {
    if (origin !== 'console') continue;
    const headers = { 'content-type': 'application/json', origin: siteUrl };
    const answer = await page.request.post('/api/trpc/channel.delete', { headers, data: { json: { channelId: id } } });
    expect(answer.status()).toBe(200);
  }
  await page.close();
}
