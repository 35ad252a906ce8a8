import type { MailLocale } from './mail-locale.ts';

/** A mail as it is read. Its subject never carries a secret. */
export interface RenderedMail {
  /** Which of our templates it was made by. */
  readonly template: string;
  readonly locale: MailLocale;
  readonly subject: string;
  readonly text: string;
  /** A whole document: no scripts, nothing that is loaded from elsewhere. */
  readonly html: string;
  /** It carries a secret, such as a link that signs in: staff read it only where there is no SMTP. */
  readonly isSensitive: boolean;
}
