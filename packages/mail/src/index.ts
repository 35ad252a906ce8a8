export * from './deliver-mail.ts';
export * from './last-sent.ts';
export * from './mail-kinds.ts';
export * from './mail-locale.ts';
export {
  listMail,
  type MailHead,
  type MailSearch,
  type MailState,
  mailStates,
  type ReadMail,
  readMail,
  retryMail,
} from './mailbox.ts';
export * from './mails-before.ts';
export * from './queue-mail.ts';
export * from './queue-state.ts';
export type { RenderedMail } from './rendered-mail.ts';
export * from './site.ts';
export { MailSettingsError, readSmtpSettings, type SmtpSettings } from './smtp/smtp-settings.ts';
export { createSmtpTransport, type MailTransport } from './smtp/smtp-transport.ts';
export * from './templates/account.ts';
export * from './templates/dispute.ts';
export * from './templates/invitation.ts';
export * from './templates/low-balance.ts';
export * from './templates/order-paid.ts';
export * from './templates/refund.ts';
export * from './templates/top-up-failed.ts';
