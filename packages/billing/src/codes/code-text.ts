import { createHmac, randomBytes } from 'node:crypto';
import { idAlphabet } from '@ai-bridge/domain';

const characters = 16;
const groupLength = 4;
const codePattern = new RegExp(`^[${idAlphabet}]{${characters}}$`);

/** A new redeem code: 80 bits in an alphabet without look-alikes, as in `7K3M-...-...-...`. */
export function newCode(): string {
  let text = '';
  // 256 is a multiple of 32: every character is as likely as every other.
  for (const byte of randomBytes(characters)) text += idAlphabet[byte % idAlphabet.length];
  return text.toUpperCase().replace(new RegExp(`.{${groupLength}}(?=.)`, 'g'), '$&-');
}

/** A code as somebody typed it, in the one form that is hashed; undefined where it is none. */
export function normalizeCode(typed: string): string | undefined {
  const text = typed.trim().toLowerCase().replace(/[\s-]/g, '').replace(/o/g, '0').replace(/[il]/g, '1');
  return codePattern.test(text) ? text : undefined;
}

/** Under what a code is stored. @param code normalized */
export function codeDigest(code: string, pepper: string): Buffer {
  return createHmac('sha256', pepper).update(`redeem-code:${code}`, 'utf8').digest();
}
