/** Builds the web console: Next's own build, then what browsers load of it, compressed once and as small as it gets. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const next = path.join(path.dirname(createRequire(import.meta.url).resolve('next/package.json')), 'dist/bin/next');
const { status } = spawnSync(process.execPath, [next, 'build'], { cwd: import.meta.dirname, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);
await compressAssets(path.join(import.meta.dirname, '.next/static'));

/** Puts a Brotli twin (x.js.br) beside each script and style, for server.mjs to send. */
async function compressAssets(folder) {
  const compress = promisify(brotliCompress);
  const files = fs.readdirSync(folder, { recursive: true }).filter((file) => /\.(js|css)$/.test(file));
  const compressed = files.map(async (file) => {
    const content = fs.readFileSync(path.join(folder, file));
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
    fs.writeFileSync(path.join(folder, `${file}.br`), await compress(content, { params }));
  });
  await Promise.all(compressed);
}
