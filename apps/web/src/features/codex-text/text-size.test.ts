import { codexTextSchema, maxCodexTextBytes } from '@ai-bridge/catalog';
import { expect, test } from 'vitest';
import { maxTextBytes, textBytes } from './text-size.ts';

test('the form and the server agree on how long a text may be', () => {
  expect(maxTextBytes).toBe(maxCodexTextBytes);
  for (const text of ['字'.repeat(21_845), '字'.repeat(21_846), ` ${'x'.repeat(maxTextBytes)} `]) {
    expect(codexTextSchema.safeParse({ beginning: '*', text }).success).toBe(textBytes(text) <= maxTextBytes);
  }
});
