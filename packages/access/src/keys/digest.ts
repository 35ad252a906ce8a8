import { createHmac } from 'node:crypto';

/** Under what a key is stored and cached: HMAC-SHA-256 of the whole key under the pepper, 32 bytes. */
export function keyDigest(presented: string, pepper: string): Buffer<ArrayBuffer> {
  return Buffer.from(createHmac('sha256', pepper).update(presented, 'utf8').digest());
}
