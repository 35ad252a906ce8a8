import { createHash } from 'node:crypto';

/** Where conversations begin, in each protocol. */
const turnsKeys = ['"messages"', '"input"', '"contents"'].map((key) => Buffer.from(key));
const systemKeys = ['"system"', '"instructions"', '"systemInstruction"'].map((key) => Buffer.from(key));
const roleKey = Buffer.from('"role"');
const userRole = Buffer.from('"user"');
/** Bytes looked at of what comes before the first user turn, of the turn itself, and of a system prompt that stands elsewhere. */
const maxLeadBytes = 2_048;
const maxTurnBytes = 4_096;
const maxSystemBytes = 1_024;
/** How far into a body its first turn and its system prompt are looked for. */
const searchedBytes = 128 * 1024;

/**
 * A key of what every later request of the same conversation begins with too: its system prompt and its first user turn, as far as a bounded
 * look finds them. A word in a text that is taken for a key does no harm: it gives another key, the same one each time.
 *
 * @returns undefined where there is one short turn only, which no cache would keep
 */
export function prefixKey(body: Buffer): string | undefined {
  const searched = body.length > searchedBytes ? body.subarray(0, searchedBytes) : body;
  const start = firstOf(searched, turnsKeys);
  if (start === -1) return undefined;
  const user = searched.indexOf(userRole, start);
  const turn = user === -1 ? start : user;
  const next = user === -1 ? -1 : searched.indexOf(roleKey, turn + userRole.length);
  const end = turn + maxTurnBytes;
  if ((next === -1 || next > end) && body.length < end) return undefined;
  const key = createHash('sha1');
  key.update(searched.subarray(Math.max(start, turn - maxLeadBytes), turn));
  key.update(body.subarray(turn, next === -1 ? end : Math.min(next, end)));
  const system = systemStart(searched);
  if (system !== -1) {
    const systemEnd = system + maxSystemBytes;
    key.update(body.subarray(system, system < start ? Math.min(start, systemEnd) : systemEnd));
  }
  return key.digest('base64url');
}

/** A system prompt of its own; in `"role":"system"` the word is no key. */
function systemStart(body: Buffer): number {
  const at = firstOf(body, systemKeys);
  const colon = at === -1 ? -1 : body.indexOf('"', at + 1) + 1;
  return colon > 0 && (body[colon] === 0x3a || body[colon] === 0x20) ? at : -1;
}

function firstOf(body: Buffer, keys: readonly Buffer[]): number {
  for (const key of keys) {
    const at = body.indexOf(key);
    if (at !== -1) return at;
  }
  return -1;
}
