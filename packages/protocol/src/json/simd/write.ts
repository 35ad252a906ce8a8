// Writes string-marks.wasm.ts: `pnpm build:simd` after every change of string-marks.wat.
import { writeFileSync } from 'node:fs';
import { compiledUrl, compileStringMarks } from './compile.ts';

writeFileSync(compiledUrl, await compileStringMarks());
