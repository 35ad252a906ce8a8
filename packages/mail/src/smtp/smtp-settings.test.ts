import { expect, test } from 'vitest';
import { MailSettingsError, readSmtpSettings } from './smtp-settings.ts';

const from = 'AI-Bridge <no-reply@example.com>';

test('without SMTP_URL there is no SMTP, whatever MAIL_FROM says', () => {
  expect(readSmtpSettings({})).toBeUndefined();
  expect(readSmtpSettings({ SMTP_URL: ' ', MAIL_FROM: 'nonsense' })).toBeUndefined();
});

test('an address says host, port, encryption and who signs in', () => {
  expect(readSmtpSettings({ SMTP_URL: 'smtp://us%40er:p%3Ass@mail.example.com', MAIL_FROM: from })).toEqual({
    ...{ host: 'mail.example.com', port: 587, isTls: false, user: 'us@er', password: 'p:ss' },
    from: { name: 'AI-Bridge', address: 'no-reply@example.com' },
  });
  expect(readSmtpSettings({ SMTP_URL: 'smtps://[::1]', MAIL_FROM: 'a@b.example' })).toEqual({
    ...{ host: '::1', port: 465, isTls: true, user: undefined, password: undefined },
    from: { name: '', address: 'a@b.example' },
  });
});

test('settings that cannot be right are refused in one line that says what is expected and no secret', () => {
  for (const SMTP_URL of ['mail.example.com', 'http://mail.example.com', 'smtp://', 'smtp://u:CANARY%ZZ@host']) {
    const refusal = captured(() => readSmtpSettings({ SMTP_URL, MAIL_FROM: from }));
    expect(refusal.message).toMatch(/^SMTP_URL: /);
    expect(refusal.message).not.toMatch(/\n|CANARY/);
  }
  for (const MAIL_FROM of [undefined, '', 'nobody', 'a@b@c', 'A <a@b.example>\r\nBcc: x@y.example'])
    expect(captured(() => readSmtpSettings({ SMTP_URL: 'smtp://host', MAIL_FROM })).message).toMatch(/^MAIL_FROM: /);
});

function captured(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(MailSettingsError);
    return error as Error;
  }
  return expect.unreachable();
}
