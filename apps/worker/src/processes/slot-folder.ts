import fs from 'node:fs';
import path from 'node:path';

const folderName = 'processes';

/**
 * Where a process keeps its identity and its journal. The first one works in the data folder itself, as an only one does: whoever asks for
 * more processes, or for one again, leaves nothing of it behind.
 */
export function slotFolder(dataFolder: string, slot: number): string {
  return slot === 1 ? dataFolder : path.join(dataFolder, folderName, String(slot));
}

/** Processes after the first that have ever run here and left a folder, in order. */
export function slotsWithFolders(dataFolder: string): number[] {
  const folder = path.join(dataFolder, folderName);
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  return names
    .filter((name) => /^[1-9]\d{0,3}$/.test(name))
    .map(Number)
    .filter((slot) => slot > 1)
    .sort((a, b) => a - b);
}
