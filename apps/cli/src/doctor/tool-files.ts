import {
  type Connection,
  type FileSettings,
  type Place,
  relayConnection,
  setupOf,
  type ToolId,
} from '@ai-bridge/tool-setup';
import { fileOf } from '../change/set-tool.ts';
import type { Disk } from '../disk/disk.ts';
import { editors } from '../edit/editors.ts';
import { readForm } from '../edit/text-form.ts';
import { UnreadableFile } from '../edit/unreadable.ts';
import type { Surroundings } from '../surroundings.ts';

/** A tool's file as it stands. */
export interface ToolFile {
  readonly path: string;
  readonly content: Content;
}
export type Content = Readonly<Record<string, unknown>>;
export type ToolFiles = { readonly [place in Place]?: ToolFile };

/** A file that the tool itself will not be able to read either. */
export class BrokenFile extends Error {
  readonly path: string;
  readonly line: number;
  constructor(path: string, line: number) {
    super(`${path} is broken`);
    this.path = path;
    this.line = line;
  }
}

/** A connection that has everything: only to learn which files a tool has. */
const anyConnection: Connection = relayConnection({ url: 'http://localhost', key: 'any' });

/** The files of a tool that there are. @throws BrokenFile */
export function readToolFiles(tool: ToolId, machine: { surroundings: Surroundings; disk: Disk }): ToolFiles {
  const files: { [place in Place]?: ToolFile } = {};
  for (const { place, format } of setupOf(tool, anyConnection)) {
    const path = fileOf(place, machine);
    const content = readContent(path, format, machine.disk);
    if (content) files[place] = { path, content };
  }
  return files;
}

/** What a file says; undefined where it is missing. @throws BrokenFile */
export function readContent(path: string, format: FileSettings['format'], disk: Disk): Content | undefined {
  const found = disk.read(path);
  if (!found) return undefined;
  try {
    return editors[format].read(readForm(Buffer.from(found.bytes).toString()).text);
  } catch (error) {
    if (error instanceof UnreadableFile) throw new BrokenFile(path, error.line);
    throw error;
  }
}
