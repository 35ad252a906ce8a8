import { maxLineBytes, writeLine } from './line.ts';
import type { Segment } from './segment.ts';

/** Where a request's last checkpoint lies; undefined until it is written. */
export interface Checkpoint {
  segment: Segment | undefined;
}

/** Lines that go to the disk in one write. */
export interface Group {
  buffer: Buffer;
  length: number;
  lastSequence: number;
  readonly waiting: ((error?: Error) => void)[];
  readonly checkpoints: Checkpoint[];
  /** Checkpoints that lines of this group take the place of. */
  readonly replaced: Checkpoint[];
}

export function createGroup(buffer: Buffer): Group {
  return { buffer, length: 0, lastSequence: 0, waiting: [], checkpoints: [], replaced: [] };
}

/** Adds a line; false where the group has lines and no room for this one. A first line makes the room it needs. */
export function addLine(group: Group, json: string): boolean {
  const needed = maxLineBytes(json);
  if (group.length + needed > group.buffer.length) {
    if (group.length > 0) return false;
    group.buffer = Buffer.allocUnsafeSlow(needed);
  }
  group.length = writeLine(group.buffer, group.length, json);
  return true;
}

/** Moves the count of live checkpoints from the segments they lay in to the one the group went to. */
export function moveCheckpoints(group: Group, to: Segment): void {
  for (const checkpoint of group.checkpoints) {
    checkpoint.segment = to;
    to.liveCheckpoints++;
  }
  dropReplaced(group);
}

export function dropReplaced(group: Group): void {
  for (const checkpoint of group.replaced) {
    if (checkpoint.segment) checkpoint.segment.liveCheckpoints--;
    checkpoint.segment = undefined;
  }
}
