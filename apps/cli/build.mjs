// Bundles the command into one file with everything that it needs: what is installed anywhere has no packages beside it.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

await build({
  entryPoints: [here('src/main.ts')],
  outfile: here('dist/main.js'),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  minifySyntax: true,
  legalComments: 'eof',
  logLevel: 'warning',
  // Its module build, which a bundler can read; the other one loads its parts by names of its own.
  mainFields: ['module', 'main'],
  // CommonJS packages inside an ES module bundle still ask for require.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
