import type { Database } from '@ai-bridge/db';
import { findPins, listPins, type NewPin, type ObjectName, type PinPage, pinObjects, unpin } from '@ai-bridge/usage';

/** Pins made on the way wait this long for company; they are found from the first moment on. */
const flushAfterMs = 200;
/** So many wait at most while the database is away; older ones are forgotten then. */
const maxWaiting = 10_000;

/** Which upstream objects (files, stored responses ...) there are, whose they are and on which channel they live. */
export interface ObjectStore {
  /** The pins of those of the objects that are this organization's. */
  find(
    organizationId: string,
    objects: readonly ObjectName[],
  ): Promise<readonly Pick<NewPin, 'kind' | 'id' | 'channelId' | 'model'>[]>;
  /** Resolves once the pins are kept. */
  pin(pins: readonly NewPin[]): Promise<void>;
  /** Pins without anybody waiting. */
  pinSoon(pins: readonly NewPin[]): void;
  list(of: { organizationId: string; kind: string; after?: string | undefined; limit: number }): Promise<PinPage>;
  forget(organizationId: string, object: ObjectName): Promise<void>;
  close(): Promise<void>;
}

export function createObjectStore(database: Database, onError: (error: unknown) => void): ObjectStore {
  let waiting: NewPin[] = [];
  let timer: NodeJS.Timeout | undefined;

  async function flush(): Promise<void> {
    timer = undefined;
    const pins = waiting;
    if (pins.length === 0) return;
    try {
      await pinObjects(database, pins);
      waiting = waiting.slice(pins.length);
    } catch (error) {
      onError(error);
      waiting = waiting.slice(-maxWaiting);
    }
    if (waiting.length > 0) schedule();
  }

  function schedule(): void {
    timer ??= setTimeout(() => void flush(), flushAfterMs);
  }

  return {
    async find(organizationId, objects) {
      const isOne = (pin: NewPin) =>
        pin.organizationId === organizationId && objects.some(({ kind, id }) => kind === pin.kind && id === pin.id);
      const young = waiting.filter(isOne);
      if (young.length === objects.length) return young;
      const old = await findPins(database, { organizationId, objects });
      return [...young, ...old.map((pin) => ({ ...pin, model: pin.model ?? undefined }))];
    },
    pin: (pins) => pinObjects(database, pins),
    pinSoon(pins) {
      waiting.push(...pins);
      schedule();
    },
    list: (of) => listPins(database, of),
    async forget(organizationId, object) {
      await unpin(database, { organizationId, ...object });
    },
    async close() {
      clearTimeout(timer);
      await flush();
      clearTimeout(timer);
    },
  };
}
