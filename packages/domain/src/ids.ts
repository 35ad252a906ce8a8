import { randomFillSync } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const timeCharacters = 9;
const randomCharacters = 13;
const pool = Buffer.alloc(randomCharacters * 256);
let poolOffset = pool.length;

/** What an id is of: the word before the underscore. */
export type IdPrefix = 'req' | 'usr' | 'ses' | 'org' | 'key' | 'chn' | 'prc' | 'lot' | 'wrk' | 'ord' | 'rfd';

/**
 * A new id: prefix, 9 characters of time and 13 of randomness (65 bits), in an alphabet without look-alikes.
 * Ids sort by the millisecond they were made in, so that index pages fill from one side.
 */
export function newId(prefix: IdPrefix, nowMs: number = Date.now()): string {
  if (poolOffset === pool.length) {
    randomFillSync(pool);
    poolOffset = 0;
  }
  let random = '';
  for (let i = 0; i < randomCharacters; i++) random += alphabet[(pool[poolOffset++] as number) & 31];
  return `${prefix}_${timeText(nowMs)}${random}`;
}

let lastTimeMs = -1;
let lastTimeText = '';

/** Many ids are made within one millisecond, so its text is kept. */
function timeText(nowMs: number): string {
  if (nowMs === lastTimeMs) return lastTimeText;
  let text = '';
  let rest = nowMs;
  for (let i = 0; i < timeCharacters; i++) {
    text = alphabet[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  lastTimeMs = nowMs;
  lastTimeText = text;
  return text;
}
