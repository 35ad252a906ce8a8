import { z } from 'zod';
import { maxStays, noStays, type Stay } from './session-affinity.ts';

const name = z.string().min(1).max(200);
const stored = z.array(z.tuple([name, name, z.number().int().min(0)])).max(maxStays);

/** Where a conversation was answered, as it is kept outside: model, channel and cached tokens, the latest first. */
export function writeStays(stays: readonly Stay[]): string {
  return JSON.stringify(stays.map(({ model, channelId, cachedTokens }) => [model, channelId, cachedTokens]));
}

/** What is malformed, or not there, is no stay. */
export function readStays(text: unknown): readonly Stay[] {
  if (typeof text !== 'string') return noStays;
  const known = stored.safeParse(parseJson(text));
  if (!known.success) return noStays;
  return known.data.map(([model, channelId, cachedTokens]) => ({ model, channelId, cachedTokens }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
