import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const mark = 'ab-';
const publicIdLength = 10;
const secretLength = 25; // 148 bits
const checksumLength = 6; // 62^6 > 2^32
// 41 characters after the mark: a length that hex, base32 and base64 of whole keys do not have, so that a key imported
// from elsewhere is hardly ever mistaken for one of ours with a wrong checksum.
const bodyLength = publicIdLength + secretLength + checksumLength;
const ownLength = mark.length + bodyLength;
const minLength = 16;
const maxLength = 256;

/** Keys of our own making; scanners of leaked secrets can look for it, and check the checksum. */
export const keyPattern = new RegExp(`\\b${mark}[0-9A-Za-z]{${bodyLength}}\\b`);
const ownForm = new RegExp(`^${mark}[0-9A-Za-z]{${bodyLength}}$`);
const importedForm = /^ab-[\x21-\x7e]+$/;

/** A new key: mark, 10 characters of public id, 25 of secret, 6 of checksum over all before them. */
export function generateKey(): string {
  const body = mark + randomText(publicIdLength + secretLength);
  return body + checksum(body);
}

/**
 * Whether a presented key is worth a look in the database. One of our own shape must carry the right checksum; any
 * other printable text of 16 to 256 characters after `ab-` may be a key that was imported with the form it had.
 */
export function isWellFormedKey(presented: string): boolean {
  const length = presented.length;
  if (length < minLength || length > maxLength || !presented.startsWith(mark)) return false;
  if (length === ownLength && ownForm.test(presented)) {
    const end = ownLength - checksumLength;
    return checksum(presented.slice(0, end)) === presented.slice(end);
  }
  return importedForm.test(presented);
}

/** The most characters that are shown of a key's beginning. */
export const longestShownPrefix = mark.length + publicIdLength;

/** What may be shown of a key. An imported one may be short, so less of it is shown. */
export function shownParts(key: string): { prefix: string; last4: string } {
  const shown = ownForm.test(key) ? longestShownPrefix : mark.length + 2;
  return { prefix: key.slice(0, shown), last4: key.slice(-4) };
}

function checksum(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let i = 0; i < checksumLength; i++) {
    digits = alphabet[rest % 62] + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

function randomText(length: number): string {
  let text = '';
  while (text.length < length) {
    // Bytes from 248 on are thrown away: 248 = 4 * 62, so that each character is equally likely.
    for (const byte of randomBytes(length * 2)) if (byte < 248 && text.length < length) text += alphabet[byte % 62];
  }
  return text;
}
