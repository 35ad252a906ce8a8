import { readFileSync } from 'node:fs';
import wabt from 'wabt';

/** Where the module's source and its compiled form lie. */
export const sourceUrl = new URL('./string-marks.wat', import.meta.url);
export const compiledUrl = new URL('./string-marks.wasm.ts', import.meta.url);

/**
 * Compiles string-marks.wat. For the build script and the test that what is committed is its output; the worker never
 * needs the compiler.
 *
 * @returns the text of string-marks.wasm.ts
 */
export async function compileStringMarks(): Promise<string> {
  const { parseWat } = await wabt();
  const parsed = parseWat('string-marks.wat', readFileSync(sourceUrl), { simd: true, bulk_memory: true });
  parsed.resolveNames();
  parsed.validate();
  const { buffer } = parsed.toBinary({});
  parsed.destroy();
  const lines =
    Buffer.from(buffer)
      .toString('base64')
      .match(/.{1,110}/g) ?? [];
  return [
    '// Written by `pnpm build:simd` from string-marks.wat; do not edit.',
    '',
    '/** The compiled module, in base64. */',
    'export const stringMarksWasm = [',
    ...lines.map((line) => `  '${line}',`),
    "].join('');",
    '',
  ].join('\n');
}
