import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Disk } from './disk.ts';

const permissionBits = 0o777;
const ownFolderMode = 0o700;
const mostLinks = 32;

/** The real file system. */
export const nodeDisk: Disk = {
  read(file) {
    try {
      return { bytes: fs.readFileSync(file), mode: fs.statSync(file).mode & permissionBits };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  },
  write(file, bytes, mode) {
    const target = behindLinks(file);
    const made = makeFolders(path.dirname(target));
    const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      fs.writeFileSync(temporary, bytes, { mode, flag: 'wx', flush: true });
      // The mode of a new file is narrowed by the process' mask.
      fs.chmodSync(temporary, mode);
      keepOwner(temporary, target);
      fs.renameSync(temporary, target);
    } catch (error) {
      fs.rmSync(temporary, { force: true });
      throw error;
    }
    return made;
  },
  remove: (file) => fs.rmSync(file, { force: true }),
  removeEmptyFolder(folder) {
    try {
      fs.rmdirSync(folder);
    } catch {
      // Somebody has put something there, or taken it away.
    }
  },
  isProgram(file) {
    try {
      fs.accessSync(file, fs.constants.X_OK);
      return fs.statSync(file).isFile();
    } catch {
      return false;
    }
  },
};

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

/** The file that a link leads to in the end, even where that is not there yet. */
function behindLinks(file: string): string {
  let target = file;
  for (let links = 0; links < mostLinks; links++) {
    const found = fs.lstatSync(target, { throwIfNoEntry: false });
    if (!found?.isSymbolicLink()) return target;
    target = path.resolve(path.dirname(target), fs.readlinkSync(target));
  }
  throw new Error(`${file}: too many links`);
}

function makeFolders(folder: string): readonly string[] {
  const missing: string[] = [];
  for (let one = folder; !fs.existsSync(one); one = path.dirname(one)) missing.unshift(one);
  if (missing.length > 0) fs.mkdirSync(folder, { recursive: true, mode: ownFolderMode });
  return missing;
}

/** Root, by sudo, would take a file from its owner. */
function keepOwner(temporary: string, target: string): void {
  const owner = fs.statSync(target, { throwIfNoEntry: false }) ?? fs.statSync(path.dirname(target));
  const own = fs.statSync(temporary);
  if (process.platform !== 'win32' && (own.uid !== owner.uid || own.gid !== owner.gid))
    fs.chownSync(temporary, owner.uid, owner.gid);
}
