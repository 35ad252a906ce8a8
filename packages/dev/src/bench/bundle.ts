import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const programNames = ['upstream', 'bare', 'load'] as const;
export type ProgramName = (typeof programNames)[number];

/**
 * Bundles the benchmark's programs into a folder, so that they run as plain JavaScript: a loader that rewrites functions would
 * cost the yardstick speed. Returns where each is.
 */
export async function bundlePrograms(folder: string): Promise<Record<ProgramName, string>> {
  const source = fileURLToPath(new URL('programs/', import.meta.url));
  await build({
    entryPoints: programNames.map((name) => path.join(source, `${name}.ts`)),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  const file = (name: ProgramName) => path.join(folder, `${name}.mjs`);
  return { upstream: file('upstream'), bare: file('bare'), load: file('load') };
}
