import type { Disk } from '../disk/disk.ts';
import type { Surroundings } from '../surroundings.ts';
import { pathsFor } from '../tools/places.ts';

/** Where a command of this name lies on PATH; undefined for nowhere. */
export function findCommand(command: string, { variables, platform }: Surroundings, disk: Disk): string | undefined {
  const { join, delimiter } = pathsFor(platform);
  const isWindows = platform === 'win32';
  const folders = (variables['PATH'] ?? variables['Path'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const endings = isWindows ? (variables['PATHEXT'] ?? '.COM;.EXE;.BAT;.CMD').split(';') : [''];
  const files = folders.flatMap((folder) => endings.map((ending) => join(folder, command + ending)));
  return files.find((file) => disk.isProgram(file));
}
