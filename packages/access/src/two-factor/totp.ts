import { createHmac, timingSafeEqual } from 'node:crypto';

const stepMs = 30_000;
const digits = 6;
/** Clocks differ, and codes are typed slowly: one step on either side is taken. */
const toleratedSteps = 1;
const base32Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code of a time step, by RFC 4226 and 6238: HMAC-SHA-1, which is what every authenticator app understands. */
export function totpCode(secret: Buffer, step: bigint, length: number = digits): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(step);
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac[mac.length - 1] ?? 0) & 0xf;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** length).padStart(length, '0');
}

export function totpStep(now: Date): bigint {
  return BigInt(Math.floor(now.getTime() / stepMs));
}

/** @returns the time step that the code is of, among those near `now`; undefined where it is of none */
export function matchTotp(secret: Buffer, code: string, now: Date): bigint | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const current = totpStep(now);
  let matched: bigint | undefined;
  for (let shift = -toleratedSteps; shift <= toleratedSteps; shift++) {
    const step = current + BigInt(shift);
    if (timingSafeEqual(Buffer.from(totpCode(secret, step)), Buffer.from(code))) matched = step;
  }
  return matched;
}

/** How people and authenticator apps read bytes (RFC 4648, without padding). */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += base32Alphabet[(value >>> (bits - 5)) & 31];
    value &= (1 << bits) - 1;
  }
  return bits > 0 ? text + base32Alphabet[(value << (5 - bits)) & 31] : text;
}

/** What an authenticator app reads from the QR code. */
export function totpUri(secret: Buffer, about: { readonly siteName: string; readonly email: string }): string {
  const label = encodeURIComponent(`${about.siteName}:${about.email}`);
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=${encodeURIComponent(about.siteName)}`;
}
