import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** A hash over the content of these files (a missing one counts as empty) and some words. */
export function hashFiles(root, files, words = []) {
  const hash = createHash('sha256');
  for (const word of words) hash.update(`${word}\0`);
  for (const file of [...files].sort()) {
    const full = path.join(root, file);
    hash
      .update(`${file}\0`)
      .update(fs.existsSync(full) ? fs.readFileSync(full) : '')
      .update('\0');
  }
  return hash.digest('hex');
}

/** Runs `work` unless the stamp file already says `value`; writes the stamp only after it went well. */
export function oncePerStamp(file, value, work) {
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === value) return;
  work();
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, value);
}
