/** How mail leaves this site. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (smtps). */
  readonly isTls: boolean;
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** As MAIL_FROM has it: an address, or a name and an address. */
  readonly from: { readonly name: string; readonly address: string };
}

/** A mail set-up that must not start: the message says what to do, and never repeats the password. */
export class MailSettingsError extends Error {
  override readonly name = 'MailSettingsError';
}

const tlsPort = 465;
const submissionPort = 587;
const fromPattern = /^(?:"?([^"<>\r\n]{0,100}?)"?\s*<([^\s<>@]+@[^\s<>@]+)>|([^\s<>@]+@[^\s<>@]+))$/;

/**
 * Reads SMTP_URL and MAIL_FROM. Undefined where there is no SMTP_URL: mails are then kept for staff to read.
 * @throws MailSettingsError
 */
export function readSmtpSettings(env: Readonly<Record<string, string | undefined>>): SmtpSettings | undefined {
  const text = env['SMTP_URL']?.trim() ?? '';
  if (text === '') return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isTls = url?.protocol === 'smtps:';
  if (!url || !(isTls || url.protocol === 'smtp:') || url.hostname === '') {
    throw new MailSettingsError(
      'SMTP_URL: expected smtp://user:password@host:587 or smtps://user:password@host:465 (special characters percent-encoded)',
    );
  }
  return {
    ...{ host: url.hostname.replace(/^\[|\]$/g, ''), isTls },
    port: url.port === '' ? (isTls ? tlsPort : submissionPort) : Number(url.port),
    ...{ user: decoded(url.username), password: decoded(url.password), from: readFrom(env['MAIL_FROM']) },
  };
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part) || undefined;
  } catch {
    throw new MailSettingsError('SMTP_URL: a % in user or password is written as %25');
  }
}

function readFrom(text: string | undefined): SmtpSettings['from'] {
  const match = fromPattern.exec(text?.trim() ?? '');
  const address = match?.[2] ?? match?.[3];
  if (address === undefined) {
    throw new MailSettingsError(
      'MAIL_FROM: expected the address that mails come from, such as AI-Bridge <no-reply@example.com>; it is needed with SMTP_URL',
    );
  }
  return { name: match?.[1]?.trim() ?? '', address };
}
