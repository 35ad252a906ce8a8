import { type FileSettings, setupOf, type ToolId } from '@ai-bridge/tool-setup';
import type { Disk } from '../disk/disk.ts';
import { connect } from '../profiles/connect.ts';
import type { Profile } from '../profiles/profile.ts';
import type { State } from '../profiles/state.ts';
import type { Store } from '../profiles/store.ts';
import type { Surroundings } from '../surroundings.ts';
import { pathsOf } from '../tools/places.ts';
import { carryOut, type DoneEdit } from './carry-out.ts';
import { planEdit } from './plan.ts';

export interface Machine {
  readonly surroundings: Surroundings;
  readonly disk: Disk;
  readonly store: Store;
}

/** Sets a tool to a profile. What the one before it said in the tool's files goes, and nothing else. */
export function setTool(tool: ToolId, profile: Profile, state: State, machine: Machine): readonly DoneEdit[] {
  const { disk, store } = machine;
  const edits = setupOf(tool, connect(profile)).map((settings) => {
    const path = fileOf(settings.place, machine);
    const record = state.edits.find((one) => one.path === path);
    const original = record?.original && store.readBackup(record.original.backup);
    return planEdit({ tool, path, settings, found: disk.read(path), record, original });
  });
  return carryOut(edits, { ...state, active: { ...state.active, [tool]: profile.name } }, store, disk);
}

/** Where a place lies on this machine. */
export function fileOf(place: FileSettings['place'], { surroundings, disk }: Omit<Machine, 'store'>): string {
  const paths = pathsOf(place, surroundings);
  return paths.find((path) => disk.read(path) !== undefined) ?? paths.at(-1) ?? '';
}
