import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const skippedFolders = new Set([
  'node_modules',
  'dist',
  '.next',
  '.turbo',
  'generated',
  '.source',
  'fixtures',
  'coverage',
]);
const skippedFiles = /(\.test\.tsx?|\.tsbuildinfo|next-env\.d\.ts)$/;

/** A hash over every source file below these paths, relative to `root`; tests and what is generated do not count. */
export function hashSources(root: string, paths: readonly string[]): string {
  const hash = createHash('sha256').update(process.versions.modules);
  for (const relative of paths) addPath(hash, root, relative);
  return hash.digest('hex');
}

function addPath(hash: ReturnType<typeof createHash>, root: string, relative: string): void {
  const full = path.join(root, relative);
  const status = fs.statSync(full, { throwIfNoEntry: false });
  if (!status) return;
  if (status.isDirectory()) {
    for (const name of fs.readdirSync(full).sort()) {
      if (!skippedFolders.has(name)) addPath(hash, root, path.join(relative, name));
    }
  } else if (!skippedFiles.test(relative)) {
    hash.update(`${relative}\0`).update(fs.readFileSync(full)).update('\0');
  }
}
