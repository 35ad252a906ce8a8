import fs from 'node:fs';
import path from 'node:path';

/** Where systems put it that is not on everybody's PATH. */
const usualFolders = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];

/** The redis-server of this machine; undefined where it has none. */
export function findRedisServer(pathVariable = process.env['PATH'] ?? ''): string | undefined {
  const folders = [...pathVariable.split(path.delimiter).filter((folder) => folder !== ''), ...usualFolders];
  return folders.map((folder) => path.join(folder, 'redis-server')).find((file) => fs.existsSync(file));
}
