import { expect, test } from 'vitest';
import { type AccountNews, accountMail } from './account.ts';

const site = { name: 'Bridge & <b>Co</b>', url: 'https://bridge.example', locales: ['zh', 'en'] } as const;
const ticket = 'T1cket-of_the-tests';
const all: readonly AccountNews[] = [
  { news: 'verify_email', ticket },
  { news: 'change_email', ticket },
  { news: 'reset_password', ticket },
  { news: 'already_registered' },
  { news: 'password_changed' },
  { news: 'email_changed', email: 'new-ada@example.com' },
  { news: 'two_factor_on' },
  { news: 'two_factor_off' },
  { news: 'account_deleted' },
];

for (const about of all) {
  for (const locale of ['en', 'zh'] as const) {
    test(`${about.news} (${locale}): leads to a page of ours, says the same twice, loads nothing`, () => {
      const { subject, text, html, isSensitive } = accountMail(site, locale, about);
      expect(`Subject: ${subject}\n\n${text}`).toMatchSnapshot();
      expect(html).toContain(`href="https://bridge.example${locale === 'zh' ? '' : '/en'}/`);
      expect(html).not.toMatch(/<script|<img|<style|<link|<iframe|url\(|src=|<b>Co/i);
      expect(isSensitive).toBe('ticket' in about);
      if ('ticket' in about) {
        expect(text).toContain(`#${ticket}`);
        // Behind the # only: what comes before it is sent to servers and kept in their logs.
        expect(text.split('#')[0]).not.toContain(ticket);
        expect(subject).not.toContain(ticket);
      }
      expect(text + html).not.toContain('new-ada@');
    });
  }
}
