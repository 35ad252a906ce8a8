import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sim } from '@ai-bridge/testing/upstream';
import { expect } from 'vitest';
import { receiptOf } from './receipt.ts';
import type { Stack } from './stack.ts';

const word = 'the-magic-word-is-xylophone';
const fileName = 'secret.txt';

/** A new home and working folder for a coding tool, with a file in it that the model will want to read. */
export function newHome(): string {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-coding-tool-'));
  fs.writeFileSync(path.join(home, fileName), `${word}\n`);
  return home;
}

/** Asks for a tool call that reads the file: the fake model calls whichever tool the client offers for it. */
export function readingPrompt(home: string): string {
  return `Read the file ${fileName} ${sim({ toolPath: path.join(home, fileName) })}`;
}

/** What the tool read went up to the model, and came back as its answer. */
export function expectRoundTrip(stack: Stack, stdout: string): void {
  expect(stdout).toContain(word);
  const relayed = stack.upstream.requests.filter((request) => request.tokensEmitted > 0);
  expect(relayed.length).toBeGreaterThanOrEqual(2);
  for (const request of relayed) expect(JSON.stringify(request.headers)).not.toContain(stack.key);
}

/** The last two requests were answered whole, as streams, and paid for. */
export async function expectPaid(stack: Stack): Promise<void> {
  const rows = await stack.database.query<{ id: string }>(
    'SELECT id FROM usage_record ORDER BY created_at DESC LIMIT 2',
  );
  for (const { id } of rows) expect(await receiptOf(stack, id)).toMatchObject({ outcome: 'completed', stream: true });
}
