import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compiledUrl, compileStringMarks } from './compile.ts';

test('the committed module is what its source compiles to', async () => {
  expect(readFileSync(compiledUrl, 'utf8')).toBe(await compileStringMarks());
});
