import { createTransport } from 'nodemailer';
import type { SmtpSettings } from './smtp-settings.ts';

/** A mail on its way out. */
export interface OutgoingMail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** isRefused: the same mail would be refused again. The error is for staff: what the server said, no secrets. */
export type SendOutcome = 'sent' | { readonly isRefused: boolean; readonly error: string };

export interface MailTransport {
  /** Never throws. */
  send(mail: OutgoingMail): Promise<SendOutcome>;
}

const dnsTimeoutMs = 10_000;
const connectTimeoutMs = 10_000;
const greetingTimeoutMs = 10_000;
/** Between two words of the server. */
const socketTimeoutMs = 30_000;
const firstPermanentCode = 500;
const loopbacks: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1']);

/** Sends by SMTP, one connection a mail. A password never goes out unencrypted, but to this very machine. */
export function createSmtpTransport({ host, port, isTls, user, password, from }: SmtpSettings): MailTransport {
  const auth = user === undefined ? {} : { auth: { user, pass: password ?? '' } };
  const transport = createTransport({
    ...{ host, port, secure: isTls, requireTLS: !isTls && user !== undefined && !loopbacks.has(host), ...auth },
    ...{ dnsTimeout: dnsTimeoutMs, connectionTimeout: connectTimeoutMs },
    ...{ greetingTimeout: greetingTimeoutMs, socketTimeout: socketTimeoutMs },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  return {
    async send({ id, to, subject, text, html }) {
      try {
        await transport.sendMail({
          ...{ from, to: { name: '', address: to }, subject, text, html },
          messageId: `<${id}@${from.address.split('@').at(-1)}>`,
          // Answering machines leave these alone.
          headers: { 'auto-submitted': 'auto-generated' },
        });
        return 'sent';
      } catch (error) {
        return outcomeOf(error);
      }
    },
  };
}

/** Only what the server says of this recipient or this text for good: a wrong password, or a server that is full, may be mended. */
function outcomeOf(error: unknown): SendOutcome {
  const {
    code = '',
    responseCode = 0,
    message = 'unknown',
  } = error as Partial<Record<'code' | 'message', string>> & {
    responseCode?: number;
  };
  const isAboutThisMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  return { isRefused: isAboutThisMail && responseCode >= firstPermanentCode, error: `${code} ${message}`.trim() };
}
