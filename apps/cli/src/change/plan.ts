import type { FileSettings, ToolId } from '@ai-bridge/tool-setup';
import type { FoundFile } from '../disk/disk.ts';
import { applySettings, revertSettings } from '../edit/apply-settings.ts';
import { UnreadableFile } from '../edit/unreadable.ts';
import type { EditRecord } from '../profiles/state.ts';

/** One file as it is and as it is to be. */
export interface FileEdit {
  readonly tool: ToolId;
  readonly path: string;
  readonly settings: FileSettings;
  readonly before: FoundFile | undefined;
  readonly after: Uint8Array;
  readonly mode: number;
  /** What an earlier run wrote down of this file. */
  readonly record: EditRecord | undefined;
}

/** A file that cannot be changed safely, and so is not changed at all. */
export class UneditableFile extends Error {
  readonly path: string;
  readonly line: number | undefined;
  constructor(path: string, line: number | undefined) {
    super(`${path} cannot be edited`);
    this.path = path;
    this.line = line;
  }
}

export interface PlanInput {
  readonly tool: ToolId;
  readonly path: string;
  readonly settings: FileSettings;
  readonly found: FoundFile | undefined;
  readonly record: EditRecord | undefined;
  /** What was there before the first change, of a file that was changed before. */
  readonly original: Uint8Array | undefined;
}

const keyFileMode = 0o600;
const usualMode = 0o644;

/** What becomes of a file: without what was applied before, with `settings`. @throws UneditableFile */
export function planEdit({ tool, path, settings, found, record, original }: PlanInput): FileEdit {
  const { format } = settings;
  const source = found && textOf(found.bytes, path);
  try {
    const isKnown = record !== undefined && source !== undefined;
    const first = original && textOf(original, path);
    const clean = isKnown ? revertSettings(format, source, record.applied, first) : source;
    const after = applySettings(format, clean, settings.settings);
    const mode = settings.holdsKey ? keyFileMode : (found?.mode ?? usualMode);
    return { tool, path, settings, before: found, after: Buffer.from(after), mode, record };
  } catch (error) {
    if (error instanceof UnreadableFile) throw new UneditableFile(path, error.line);
    throw error;
  }
}

function textOf(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UneditableFile(path, undefined);
  }
}
