import { randomFillSync } from 'node:crypto';
import { idAlphabet, idTimeCharacters } from './id-time.ts';

const randomCharacters = 13;
/** Random characters in store: they are made for many ids at once. */
const pool = Buffer.alloc(randomCharacters * 256);
let poolOffset = pool.length;

function fillPool(): void {
  randomFillSync(pool);
  for (let index = 0; index < pool.length; index++) {
    pool[index] = idAlphabet.charCodeAt((pool[index] as number) & 31);
  }
  poolOffset = 0;
}

/** What an id is of: the word before the underscore. */
export type IdPrefix =
  | 'req'
  | 'usr'
  | 'ses'
  | 'org'
  | 'key'
  | 'sec'
  | 'chn'
  | 'pxy'
  | 'prc'
  | 'lot'
  | 'wrk'
  | 'ord'
  | 'rfd'
  | 'adj'
  | 'cdb'
  | 'cod'
  | 'tsk'
  | 'own'
  | 'eml'
  | 'top'
  | 'ann'
  | 'inc'
  | 'inu'
  | 'nte'
  | 'ivt'
  | 'rpl'
  | 'vew';

/**
 * A new id: prefix, 9 characters of time and 13 of randomness (65 bits), in an alphabet without look-alikes.
 * Ids sort by the millisecond they were made in, so that index pages fill from one side.
 */
export function newId(prefix: IdPrefix, nowMs: number = Date.now()): string {
  if (poolOffset === pool.length) fillPool();
  const random = pool.toString('latin1', poolOffset, poolOffset + randomCharacters);
  poolOffset += randomCharacters;
  return `${prefix}_${timeText(nowMs)}${random}`;
}

let lastTimeMs = -1;
let lastTimeText = '';

/** Many ids are made within one millisecond, so its text is kept. */
function timeText(nowMs: number): string {
  if (nowMs === lastTimeMs) return lastTimeText;
  let text = '';
  let rest = nowMs;
  for (let i = 0; i < idTimeCharacters; i++) {
    text = idAlphabet[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  lastTimeMs = nowMs;
  lastTimeText = text;
  return text;
}
