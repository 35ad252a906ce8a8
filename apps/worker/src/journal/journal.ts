import fs from 'node:fs';
import { addLine, type Checkpoint, createGroup, dropReplaced, type Group, moveCheckpoints } from './group.ts';
import { requestIdOf } from './line.ts';
import { lockFolder } from './lock.ts';
import { nextSegmentNumber, prepareSegment, type Segment, segmentPaths, writeBytes } from './segment.ts';

export interface JournalOptions {
  readonly folder: string;
  /** From here on `isFull` stops admission. Appends of requests under way are taken up to a quarter more. */
  readonly maxBytes?: number;
  readonly segmentBytes?: number;
  /** How long after a failure a new segment is tried. */
  readonly retryMs?: number;
  /** A checkpoint alone waits this long for company. */
  readonly checkpointDelayMs?: number;
  /** Told of each failure of the disk. */
  onError(error: Error): void;
}

export interface JournalStatus {
  /** Bytes of lines that are kept, settled or not. */
  readonly bytes: number;
  readonly segments: number;
  readonly isFull: boolean;
  /** The disk failed and no new segment could be made yet. */
  readonly isFailed: boolean;
  readonly writeGroups: number;
  /** What all of them took until they were durable. */
  readonly writeMs: number;
  /** From here on it takes no new requests. */
  readonly maxBytes: number;
  /** How long ago the oldest file that is kept was first written to; undefined where none was. */
  readonly oldestMs: number | undefined;
}

/** The local, append-only record of how requests ended: on the disk before a client learns of it. */
export interface Journal {
  /**
   * Appends how a request ended. `whenDurable` is called once: without an error when the line will survive a power cut.
   * @param line a SettlementRecord with `"k":"outcome"`, as one line of JSON
   * @param whenDurable called once, never before this returns; with an error the line may be lost and must be settled at
   *   once, without the journal
   * @returns the line's sequence (above 0), for settledUpTo
   */
  append(line: string, whenDurable: (error?: Error) => void): number;
  /** Notes how a request would end if the process died now (`"k":"checkpoint"`); replaces its earlier checkpoint. */
  checkpoint(line: string): void;
  /** Every outcome up to this sequence is settled elsewhere: files with nothing else in them are deleted. */
  settledUpTo(sequence: number): void;
  /** Segments that an earlier life of this worker left behind, oldest first: for recovery to settle and delete. */
  readonly earlier: readonly string[];
  /** True while no new request may be admitted. */
  readonly isFull: boolean;
  status(): JournalStatus;
  /** Writes what is left, deletes the files if all of it is settled, and gives the folder back. */
  close(): Promise<void>;
}

const defaults = {
  maxBytes: 128 * 1024 * 1024,
  segmentBytes: 8 * 1024 * 1024,
  retryMs: 1_000,
  checkpointDelayMs: 100,
};
const groupBytes = 256 * 1024;
const maxIdleBuffers = 4;

/**
 * Opens a journal for writing in a folder of its own. What an earlier life left there stays as it is.
 * @throws FolderInUse, or the file system's error
 */
export async function createJournal(options: JournalOptions): Promise<Journal> {
  fs.mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const unlock = lockFolder(options.folder);
  try {
    const earlier = segmentPaths(options.folder);
    const number = nextSegmentNumber(earlier);
    const settings = { ...defaults, ...options };
    const first = await prepareSegment(options.folder, number, settings.segmentBytes);
    return new SegmentedJournal(settings, unlock, earlier, first, number + 1);
  } catch (error) {
    unlock();
    throw error;
  }
}

class SegmentedJournal implements Journal {
  readonly earlier: readonly string[];
  readonly #options: typeof defaults & JournalOptions;
  readonly #unlock: () => void;
  /** Segments that nothing more is written to. */
  readonly #closed = new Set<Segment>();
  readonly #checkpoints = new Map<string, Checkpoint>();
  readonly #queue: Group[] = [];
  readonly #idleBuffers: Buffer[] = [];
  #current: Segment | undefined;
  #spare: Segment | undefined;
  #preparing: Promise<void> | undefined;
  #nextNumber: number;
  #sequence = 0;
  #settled = 0;
  #closedBytes = 0;
  #queuedBytes = 0;
  #writeGroups = 0;
  #writeMs = 0;
  #writing = false;
  #scheduled = false;
  #spareFailed = false;
  #stopped = false;
  #checkpointTimer: NodeJS.Timeout | undefined;
  #retryTimer: NodeJS.Timeout | undefined;
  #removals: Promise<void> = Promise.resolve();
  #whenIdle: (() => void) | undefined;

  constructor(
    options: typeof defaults & JournalOptions,
    unlock: () => void,
    earlier: readonly string[],
    first: Segment,
    nextNumber: number,
  ) {
    this.earlier = earlier;
    this.#options = options;
    this.#unlock = unlock;
    this.#current = first;
    this.#nextNumber = nextNumber;
  }

  get isFull(): boolean {
    return this.#current === undefined || this.#spareFailed || this.#bytes() >= this.#options.maxBytes;
  }

  append(line: string, whenDurable: (error?: Error) => void): number {
    const sequence = ++this.#sequence;
    const group = this.#add(line);
    if (!group) {
      queueMicrotask(() => whenDurable(new Error('The journal takes no more')));
      return sequence;
    }
    group.waiting.push(whenDurable);
    group.lastSequence = sequence;
    if (this.#checkpoints.size > 0) this.#replaceCheckpoint(group, requestIdOf(line));
    this.#schedule();
    return sequence;
  }

  checkpoint(line: string): void {
    const group = this.#add(line);
    if (!group) return;
    const requestId = requestIdOf(line);
    this.#replaceCheckpoint(group, requestId);
    const checkpoint: Checkpoint = { segment: undefined };
    group.checkpoints.push(checkpoint);
    this.#checkpoints.set(requestId, checkpoint);
    this.#checkpointTimer ??= setTimeout(() => this.#schedule(), this.#options.checkpointDelayMs);
  }

  settledUpTo(sequence: number): void {
    if (sequence > this.#settled) this.#settled = sequence;
    this.#removeSettled();
  }

  status(): JournalStatus {
    return {
      bytes: this.#bytes(),
      segments: this.#closed.size + (this.#current ? 1 : 0),
      isFull: this.isFull,
      isFailed: this.#current === undefined,
      writeGroups: this.#writeGroups,
      writeMs: this.#writeMs,
      maxBytes: this.#options.maxBytes,
      oldestMs: this.#oldestMs(),
    };
  }

  async close(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retryTimer);
    if (this.#queue.length > 0 || this.#writing) {
      const idle = new Promise<void>((resolve) => {
        this.#whenIdle = resolve;
      });
      this.#schedule();
      await idle;
    }
    clearTimeout(this.#checkpointTimer);
    await this.#preparing;
    if (this.#current) this.#retire(this.#current);
    this.#current = undefined;
    if (this.#spare) this.#retire(this.#spare);
    this.#removeSettled();
    await this.#removals;
    this.#unlock();
  }

  #replaceCheckpoint(group: Group, requestId: string): void {
    const replaced = this.#checkpoints.get(requestId);
    if (!replaced) return;
    group.replaced.push(replaced);
    this.#checkpoints.delete(requestId);
  }

  /** Closed segments are kept in the order in which they were written. */
  #oldestMs(): number | undefined {
    const [oldest = this.#current] = this.#closed;
    return oldest?.writtenAtMs === undefined ? undefined : performance.now() - oldest.writtenAtMs;
  }

  #bytes(): number {
    return this.#closedBytes + (this.#current?.position ?? 0) + this.#queuedBytes;
  }

  /** Puts a line into the newest group that is not being written; undefined where the journal takes no more. */
  #add(line: string): Group | undefined {
    const isOver = this.#bytes() >= this.#options.maxBytes * 1.25;
    if (isOver || !this.#current || line.length * 3 > this.#options.segmentBytes) return undefined;
    let group = this.#queue.at(-1);
    const before = group?.length ?? 0;
    if (group && (this.#queue.length > 1 || !this.#writing) && addLine(group, line)) {
      this.#queuedBytes += group.length - before;
      return group;
    }
    group = createGroup(this.#idleBuffers.pop() ?? Buffer.allocUnsafeSlow(groupBytes));
    addLine(group, line);
    this.#queue.push(group);
    this.#queuedBytes += group.length;
    return group;
  }

  /** Writes at the end of this turn of the event loop: what ends in the same turn shares the write. */
  #schedule(): void {
    if (this.#writing || this.#scheduled || this.#queue.length === 0) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      clearTimeout(this.#checkpointTimer);
      this.#checkpointTimer = undefined;
      void this.#writeQueue();
    });
  }

  async #writeQueue(): Promise<void> {
    if (this.#writing) return;
    this.#writing = true;
    try {
      for (let group = this.#queue[0]; group; group = this.#queue[0]) {
        const segment = await this.#segmentFor(group.length);
        const beganAtMs = performance.now();
        await writeBytes(segment, group.buffer, group.length);
        this.#writeMs += performance.now() - beganAtMs;
        segment.writtenAtMs ??= beganAtMs;
        this.#queue.shift();
        this.#finish(group, segment);
      }
    } catch (error) {
      this.#fail(error as Error);
    }
    this.#writing = false;
    if (this.#queue.length > 0) this.#schedule();
    else this.#whenIdle?.();
  }

  /** A segment with that much room: the current one, or the one that has been prepared meanwhile. */
  async #segmentFor(bytes: number): Promise<Segment> {
    const { segmentBytes } = this.#options;
    let current = this.#current as Segment;
    if (current.position + bytes > segmentBytes) {
      if (!this.#spare) await this.#prepareSpare();
      if (!this.#spare) throw new Error('No journal segment could be made');
      this.#retire(current);
      current = this.#spare;
      this.#current = current;
      this.#spare = undefined;
      this.#removeSettled();
    }
    const isHalfFull = current.position + bytes > segmentBytes / 2;
    if (isHalfFull && !this.#spare && !this.#preparing && !this.#spareFailed) void this.#prepareSpare();
    return current;
  }

  #prepareSpare(): Promise<void> {
    this.#preparing ??= prepareSegment(this.#options.folder, this.#nextNumber++, this.#options.segmentBytes)
      .then(
        (segment) => {
          this.#spareFailed = false;
          if (this.#current) this.#spare = segment;
          else this.#current = segment;
        },
        (error: Error) => {
          this.#spareFailed = true;
          this.#options.onError(error);
          this.#retryLater();
        },
      )
      .finally(() => {
        this.#preparing = undefined;
      });
    return this.#preparing;
  }

  #retryLater(): void {
    if (this.#stopped) return;
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => void this.#prepareSpare(), this.#options.retryMs);
    this.#retryTimer.unref();
  }

  #finish(group: Group, segment: Segment): void {
    this.#writeGroups++;
    this.#queuedBytes -= group.length;
    if (group.lastSequence > 0) segment.lastSequence = group.lastSequence;
    moveCheckpoints(group, segment);
    this.#tell(group);
    if (group.buffer.length === groupBytes && this.#idleBuffers.length < maxIdleBuffers) {
      this.#idleBuffers.push(group.buffer);
    }
  }

  /**
   * After a failed write nobody can tell what of the file is on the disk, and asking again may falsely say yes. So the
   * file is done for, whoever waits is told, and writing goes on in a new one when one can be made.
   */
  #fail(error: Error): void {
    if (this.#current) this.#retire(this.#current);
    this.#current = this.#spare;
    this.#spare = undefined;
    const failed = this.#queue.splice(0);
    this.#queuedBytes = 0;
    this.#options.onError(error);
    for (const group of failed) {
      dropReplaced(group);
      this.#tell(group, error);
    }
    this.#removeSettled();
    if (!this.#current) this.#retryLater();
  }

  /** A caller's own mistake must not pass for a failure of the disk. */
  #tell(group: Group, error?: Error): void {
    for (const whenDurable of group.waiting) {
      try {
        whenDurable(error);
      } catch (mistake) {
        this.#options.onError(mistake as Error);
      }
    }
  }

  #retire(segment: Segment): void {
    this.#closed.add(segment);
    this.#closedBytes += segment.position;
    fs.close(segment.descriptor, () => {});
  }

  #removeSettled(): void {
    for (const segment of this.#closed) {
      if (segment.lastSequence > this.#settled || segment.liveCheckpoints > 0) continue;
      this.#closed.delete(segment);
      this.#closedBytes -= segment.position;
      this.#removals = this.#removals.then(() => fs.promises.rm(segment.path, { force: true }).catch(() => {}));
    }
  }
}
