import { createHash } from 'node:crypto';
import type { Disk } from '../disk/disk.ts';
import type { EditRecord, State } from '../profiles/state.ts';
import type { Store } from '../profiles/store.ts';
import type { FileEdit } from './plan.ts';

/** What was done to a file. */
export interface DoneEdit {
  readonly path: string;
  readonly kind: 'made' | 'changed' | 'unchanged';
  /** The copy of what it was before this change. */
  readonly backup: string | undefined;
}

/** Writes what was planned: first the copies, then what is known of them, then the files; all of them or none. */
export function carryOut(edits: readonly FileEdit[], state: State, store: Store, disk: Disk): readonly DoneEdit[] {
  const done = edits.map((edit) => ({ edit, backup: backupFor(edit, store) }));
  const records = done.map(({ edit, backup }) => recordOf(edit, backup));
  const touched = new Set(records.map(({ path }) => path));
  const next = { ...state, edits: [...state.edits.filter(({ path }) => !touched.has(path)), ...records] };
  store.save(next);
  const made = writeAll(edits, disk);
  const withFolders = next.edits.map((record) => ({
    ...record,
    madeFolders: record.madeFolders.length > 0 ? record.madeFolders : (made.get(record.path) ?? []),
  }));
  store.save({ ...next, edits: withFolders });
  return done.map(({ edit, backup }) => ({ path: edit.path, kind: kindOf(edit), backup }));
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const isSameAs = (bytes: Uint8Array, other: Uint8Array) => Buffer.compare(bytes, other) === 0;

function kindOf({ before, after, mode }: FileEdit): DoneEdit['kind'] {
  if (!before) return 'made';
  return isSameAs(before.bytes, after) && before.mode === mode ? 'unchanged' : 'changed';
}

/** A copy of what is there, unless it is what an earlier run wrote. */
function backupFor({ before, record, path }: FileEdit, store: Store): string | undefined {
  if (!before || record?.writtenSha256 === sha256(before.bytes)) return undefined;
  return store.backUp(path, before.bytes);
}

function recordOf({ tool, path, settings, before, after, record }: FileEdit, backup: string | undefined): EditRecord {
  const { place, format, isToolsOwn = false } = settings;
  const first = before && backup ? { backup, mode: before.mode, sha256: sha256(before.bytes) } : undefined;
  return {
    ...{ tool, place, format, path, isToolsOwn, applied: settings.settings, writtenSha256: sha256(after) },
    original: record ? record.original : first,
    madeFolders: record?.madeFolders ?? [],
    wasChangedBetween: record !== undefined && (record.wasChangedBetween || backup !== undefined),
  };
}

function writeAll(edits: readonly FileEdit[], disk: Disk): ReadonlyMap<string, readonly string[]> {
  const made = new Map<string, readonly string[]>();
  const written: FileEdit[] = [];
  try {
    for (const edit of edits) {
      if (kindOf(edit) === 'unchanged') continue;
      written.push(edit);
      made.set(edit.path, disk.write(edit.path, edit.after, edit.mode));
    }
  } catch (error) {
    for (const { path, before } of written) {
      if (before) disk.write(path, before.bytes, before.mode);
      else disk.remove(path);
    }
    throw error;
  }
  return made;
}
