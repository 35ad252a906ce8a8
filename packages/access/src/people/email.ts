import { AccessError } from '../access-error.ts';

const maxEmailLength = 254;
const local = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const domain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The one form of an e-mail address: NFKC, trimmed, lower case. Undefined where that form is not a plain ASCII address
 * with one @: quoted local parts, look-alike letters, comments and line breaks are refused rather than understood,
 * because mailers read them differently from us.
 */
export function normalizeEmail(text: string): string | undefined {
  if (text.length > maxEmailLength * 2 || /[\p{Cc}\p{Cf}]/u.test(text)) return undefined;
  const email = text.normalize('NFKC').trim().toLowerCase();
  const at = email.indexOf('@');
  const localPart = email.slice(0, at);
  if (at < 1 || at > 64 || email.length > maxEmailLength) return undefined;
  return local.test(localPart) && domain.test(email.slice(at + 1)) ? email : undefined;
}

/** The same, or AccessError('email_invalid'). */
export function readEmail(text: string): string {
  const email = normalizeEmail(text);
  if (email === undefined)
    throw new AccessError('email_invalid', 'expected an e-mail address such as name@example.com');
  return email;
}
