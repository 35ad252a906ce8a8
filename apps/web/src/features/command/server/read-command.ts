import fs from 'node:fs/promises';

/** The packed command as it is now: another start may have packed it anew. @param file undefined where none is packed */
export async function readCommand(file: string | undefined): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (file === undefined) return undefined;
  try {
    return new Uint8Array(await fs.readFile(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
