import { createHash } from 'node:crypto';
import type { NeutralRequest } from './request.ts';

/** OpenAI and most vendors that speak its protocols take no longer name. */
const longestName = 64;
const takenAsItIs = /^[a-zA-Z0-9_-]{1,64}$/;

/**
 * A tool's name for an upstream that takes letters, digits, `_` and `-` only, 64 of them at most: as it is where that is kept, else its
 * beginning with a hash behind. The same name always gives the same.
 */
export function shortToolName(name: string): string {
  if (takenAsItIs.test(name)) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, longestName - hash.length - 1).replace(/[^a-zA-Z0-9_-]/g, '_')}_${hash}`;
}

/** What the client calls the tool that an upstream calls by this name: the way back from `shortToolName`. */
export function clientToolName({ tools }: NeutralRequest, name: string): string {
  let long: string | undefined;
  for (const tool of tools) {
    if (tool.kind !== 'function' && tool.kind !== 'freeform') continue;
    if (tool.name === name) return name;
    if (!takenAsItIs.test(tool.name) && shortToolName(tool.name) === name) long = tool.name;
  }
  return long ?? name;
}
