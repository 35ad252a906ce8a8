import { z } from 'zod';

/** Subjects in one message; what is more waits for the next. */
export const maxSubjects = 1_000;
/** Seconds that one subject of a message tells of: those of the minute that limits look at, and some more where a clock was set. */
const maxCells = 120;

const count = z.number();
/** A second (since 1970), and what was let through in it: requests, input tokens, output tokens. Negative where it was given back. */
const cell = z.tuple([count.int().min(0), count, count, count]);
/** A key, an organization or a channel, its requests that are open now, and what was let through lately. */
const row = z.tuple([z.string().min(1).max(100), count.int().min(0), z.array(cell).max(maxCells)]);
const rows = z.array(z.unknown()).max(maxSubjects);
const fields = z.object({
  worker: z.string().min(1).max(100),
  life: z.coerce.number().int().min(0),
  number: z.coerce.number().int().min(1),
  last: z.enum(['0', '1']),
  rows: z.string(),
});

export type UsageCell = z.infer<typeof cell>;
export type UsageRow = z.infer<typeof row>;

/** What one worker tells the others of limits. */
export interface UsageMessage {
  readonly worker: string;
  /** When this life of the worker began; a later one replaces what is known of an earlier one. */
  readonly life: number;
  /** Counts a life's messages from 1, so that one that was sent twice counts once. */
  readonly number: number;
  /** The worker stops: nothing of it is open any more. */
  readonly isLast: boolean;
  readonly rows: readonly UsageRow[];
}

export function writeMessage(message: UsageMessage): Record<string, string> {
  return {
    worker: message.worker,
    life: String(message.life),
    number: String(message.number),
    last: message.isLast ? '1' : '0',
    rows: JSON.stringify(message.rows),
  };
}

/**
 * What is stored is not believed unseen. A row that is malformed is left out, for the others are other customers'.
 * @returns undefined where it is no message
 */
export function readMessage(stored: unknown): UsageMessage | undefined {
  const known = fields.safeParse(stored);
  if (!known.success) return undefined;
  const { worker, life, number, last } = known.data;
  const read = rows.safeParse(parseJson(known.data.rows));
  if (!read.success) return undefined;
  const wellFormed: UsageRow[] = [];
  for (const one of read.data) {
    const parsed = row.safeParse(one);
    if (parsed.success) wellFormed.push(parsed.data);
  }
  return { worker, life, number, isLast: last === '1', rows: wellFormed };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
