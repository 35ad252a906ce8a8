import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { hashFiles, oncePerStamp } from './stamp.mjs';

/** Generates the Prisma client when the schema or Prisma itself changed, or when it is not there. */
export function generateDatabaseClient(root) {
  const schema = path.join(root, 'prisma/schema');
  const files = fs.readdirSync(schema).map((name) => path.join('prisma/schema', name));
  const packageFolder = path.join(root, 'packages/db');
  const prisma = path.join(packageFolder, 'node_modules/prisma');
  const { version } = JSON.parse(fs.readFileSync(path.join(prisma, 'package.json'), 'utf8'));
  const stampFile = path.join(root, 'node_modules/.bridge/generate-stamp');
  if (!fs.existsSync(path.join(packageFolder, 'src/generated/client.ts'))) fs.rmSync(stampFile, { force: true });
  oncePerStamp(stampFile, hashFiles(root, files, [version]), () => {
    const done = spawnSync(
      process.execPath,
      [path.join(prisma, 'build/index.js'), 'generate', '--config', path.join(root, 'prisma/prisma.config.ts')],
      {
        cwd: packageFolder,
        encoding: 'utf8',
        // The configuration stands outside the package that has Prisma, so its import is found by NODE_PATH.
        // Generating needs no schema engine, but Prisma would download one unless a path that exists is named.
        env: {
          ...process.env,
          NODE_PATH: path.join(packageFolder, 'node_modules'),
          PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
          CHECKPOINT_DISABLE: '1',
        },
      },
    );
    if (done.status === 0) return;
    throw new Error(`${done.stdout ?? ''}${done.stderr ?? ''}\nGenerating the database client failed.`);
  });
}
