import type { Passed, Piece } from '@ai-bridge/protocol';

/** How many bytes that is on the wire. */
export function bytesOf(passed: Passed): number {
  if (typeof passed === 'string') return Buffer.byteLength(passed);
  if (Buffer.isBuffer(passed)) return passed.length;
  let bytes = 0;
  for (const part of passed) bytes += part.length;
  return bytes;
}

/** The same as bytes in one piece. */
export function wholeOf(passed: Passed): Buffer {
  if (typeof passed === 'string') return Buffer.from(passed);
  return Buffer.isBuffer(passed) ? passed : Buffer.concat(passed);
}

/** What is kept, and behind it what came next; text stays text. */
export function joined(kept: Piece, passed: Passed): Piece {
  const next = typeof passed === 'string' ? passed : wholeOf(passed);
  if (kept.length === 0) return next;
  if (typeof kept === 'string' && typeof next === 'string') return kept + next;
  return Buffer.concat([wholeOf(kept), wholeOf(next)]);
}
