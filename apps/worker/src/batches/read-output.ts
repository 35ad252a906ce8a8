import type { Usage } from '@ai-bridge/domain';
import { readBatchResult } from '@ai-bridge/protocol';

/** What an output file tells of the requests that were answered. */
export interface BatchOutput {
  /** One for each answered request that tells its usage. */
  readonly usages: readonly Usage[];
  /** Answered requests that do not. */
  readonly unmetered: number;
  /** Lines that are none. */
  readonly unreadable: number;
}

export const noOutput: BatchOutput = { usages: [], unmetered: 0, unreadable: 0 };

/**
 * Sums up an output file line by line.
 * @param maxLines how many requests there were: no more results are believed
 */
export async function readOutput(lines: AsyncIterable<Buffer>, maxLines: number): Promise<BatchOutput> {
  const usages: Usage[] = [];
  let unmetered = 0;
  let unreadable = 0;
  let count = 0;
  for await (const line of lines) {
    if (++count > maxLines) break;
    const result = readBatchResult(line);
    if (result.kind === 'unreadable') unreadable++;
    else if (result.kind === 'answered' && result.usage) usages.push(result.usage);
    else if (result.kind === 'answered') unmetered++;
  }
  return { usages, unmetered, unreadable };
}
