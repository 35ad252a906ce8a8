import type { ToolId } from '@ai-bridge/tool-setup';
import type { Disk } from '../disk/disk.ts';
import type { EditRecord, State } from '../profiles/state.ts';
import type { Store } from '../profiles/store.ts';
import { sha256 } from './carry-out.ts';

/** What undoing a change of one file comes to. */
export interface UndoStep {
  readonly record: EditRecord;
  readonly kind: 'restore' | 'delete' | 'nothing' | 'leave' | 'changed' | 'lost';
}

/**
 * How each file that was changed for these tools gets back what it was. `changed`: its owner has changed it since;
 * `lost`: the copy is gone; `leave`: a tool's own file, which the tool has written to since.
 */
export function planUndo(state: State, tools: readonly ToolId[], store: Store, disk: Disk): readonly UndoStep[] {
  const records = state.edits.filter(({ tool }) => tools.includes(tool));
  return records.map((record) => ({ record, kind: kindOf(record, store, disk) }));
}

function kindOf(record: EditRecord, store: Store, disk: Disk): UndoStep['kind'] {
  const { original, writtenSha256, isToolsOwn, wasChangedBetween } = record;
  const found = disk.read(record.path);
  const now = found && sha256(found.bytes);
  if (now === original?.sha256 && found?.mode === original?.mode) return 'nothing';
  if (original && store.readBackup(original.backup) === undefined) return 'lost';
  if (now !== writtenSha256 && now !== original?.sha256) return isToolsOwn ? 'leave' : 'changed';
  if (wasChangedBetween && !isToolsOwn) return 'changed';
  return original ? 'restore' : 'delete';
}

/** Carries the steps out, changed files included; a copy of those is kept. Returns the copies by path. */
export function undo(
  state: State,
  tools: readonly ToolId[],
  steps: readonly UndoStep[],
  store: Store,
  disk: Disk,
): ReadonlyMap<string, string> {
  const copies = new Map<string, string>();
  for (const { record, kind } of steps) {
    const found = disk.read(record.path);
    if (kind === 'changed' && found) copies.set(record.path, store.backUp(record.path, found.bytes));
    if (kind === 'restore' || kind === 'delete' || kind === 'changed') giveBack(record, store, disk);
  }
  // Last, as several files may have been made in one folder.
  for (const { record } of steps) for (const folder of record.madeFolders.toReversed()) disk.removeEmptyFolder(folder);
  const active = Object.fromEntries(Object.entries(state.active).filter(([tool]) => !tools.includes(tool as ToolId)));
  store.save({ ...state, active, edits: state.edits.filter(({ tool }) => !tools.includes(tool)) });
  return copies;
}

function giveBack({ path, original }: EditRecord, store: Store, disk: Disk): void {
  const bytes = original && store.readBackup(original.backup);
  if (original && bytes) {
    disk.write(path, bytes, original.mode);
    return;
  }
  disk.remove(path);
}
