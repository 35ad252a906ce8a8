import { hash, parseOptions, verify } from '@node-rs/argon2';
import { AccessError } from '../access-error.ts';

export const minPasswordLength = 8;
export const maxPasswordLength = 256;

/** argon2id, 19 MiB, two passes. Raising these rehashes each password at its owner's next sign-in. */
const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** A hash of nothing anyone knows, so that an unknown address takes as long as a wrong password. */
export const decoyPasswordHash =
  '$argon2id$v=19$m=19456,t=2,p=1$81H6UHUESMpdzGx5Q8S6DQ$OTnkCw6V4KhY11bYV/E4NE0cB4h27tzSq+P22uQCmBY';

/** Hashes a password. Throws AccessError('password_invalid') outside 8 to 256 characters. */
export async function hashPassword(password: string): Promise<string> {
  const length = password.length;
  if (length < minPasswordLength || length > maxPasswordLength)
    throw new AccessError('password_invalid', `expected ${minPasswordLength} to ${maxPasswordLength} characters`);
  return hash(password.normalize('NFKC'), parameters);
}

/** Whether the password is the one that was hashed. A hash that cannot be read matches nothing. */
export async function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  if (password.length > maxPasswordLength) return false;
  return verify(passwordHash, password.normalize('NFKC')).catch(() => false);
}

/** Whether the hash was made with other parameters than today's. */
export function needsRehash(passwordHash: string): boolean {
  const made = parseOptions(passwordHash);
  return (
    made.algorithm !== parameters.algorithm ||
    made.memoryCost !== parameters.memoryCost ||
    made.timeCost !== parameters.timeCost ||
    made.parallelism !== parameters.parallelism
  );
}
