import { expect, test } from 'vitest';
import { invitationMail } from './invitation.ts';
import { lowBalanceMail } from './low-balance.ts';

const site = { name: 'Bridge & <b>Co</b>', url: 'https://bridge.example', locales: ['zh', 'en'] } as const;
const about = {
  ...{ organizationName: '<script>alert(1)</script>\nAcme', inviterName: 'Ada <i>', role: 'developer' as const },
  token: 'T0ken-of_the-tests',
};

for (const locale of ['en', 'zh'] as const) {
  test(`an invitation (${locale}) leads to a page of ours with its secret behind the #, and nothing of a name is HTML`, () => {
    const { subject, text, html, isSensitive } = invitationMail(site, locale, about);
    const page = `https://bridge.example${locale === 'zh' ? '' : '/en'}/join#${about.token}`;
    expect(text).toContain(page);
    expect(html).toContain(`href="${page}"`);
    expect(text.split('#')[0]).not.toContain(about.token);
    expect(subject).not.toMatch(/\n|T0ken/);
    expect(isSensitive).toBe(true);
    expect(html).not.toMatch(/<script|<i>|<b>Co|<img|src=/i);
  });

  test(`a mail that may be switched off (${locale}) says how, and one that may not does not`, () => {
    const low = { organizationName: 'Acme', balanceNanoUsd: 1n, thresholdNanoUsd: 2n, isTopUpOn: false };
    const switchOff = { kind: 'low_balance', token: '00000000-0000-4000-8000-000000000001' } as const;
    const mail = lowBalanceMail({ ...site, switchOff }, locale, low);
    const page = `/mail-off#low_balance.${switchOff.token}`;
    for (const form of [mail.text, mail.html]) expect(form).toContain(page);
    const always = lowBalanceMail(site, locale, low);
    for (const form of [always.text, always.html]) expect(form).not.toContain('mail-off');
  });
}
