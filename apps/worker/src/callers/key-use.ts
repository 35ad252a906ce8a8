import type { KeyUse } from '@ai-bridge/access/callers';
import { Flusher } from '../jobs/flusher.ts';
import type { ClientAddresses } from './client-address.ts';

const flushEveryMs = 3_000;
/** The most keys that are remembered at once. */
const maxKeys = 20_000;

interface LastUse {
  atMs: number;
  model: string;
  /** As it was at the key's first request since the last flush: asking a socket is a system call. */
  readonly address: string | undefined;
}

export interface KeyUseDeps {
  readonly addressOf: ClientAddresses;
  note(uses: readonly KeyUse[]): Promise<void>;
  onError(error: unknown): void;
}

/** Remembers when, for what and from where each key was used last, and writes it down every few seconds, all keys in one statement. */
export class KeyUseTally {
  readonly #deps: KeyUseDeps;
  #last = new Map<string, LastUse>();
  readonly #flusher = new Flusher(flushEveryMs, () => this.#flush());

  constructor(deps: KeyUseDeps) {
    this.#deps = deps;
  }

  /** @param request asked for its address once per key and flush */
  used(keyId: string, atMs: number, model: string, request: Parameters<ClientAddresses>[0]): void {
    const last = this.#last.get(keyId);
    if (last !== undefined) {
      last.atMs = atMs;
      last.model = model;
    } else if (this.#last.size < maxKeys) {
      this.#last.set(keyId, { atMs, model, address: this.#deps.addressOf(request) });
    }
  }

  flush(): Promise<void> {
    return this.#flusher.flush();
  }

  close(): Promise<void> {
    return this.#flusher.close();
  }

  async #flush(): Promise<void> {
    if (this.#last.size === 0) return;
    const last = this.#last;
    this.#last = new Map();
    const uses = [...last].map(([apiKeyId, { atMs, model, address }]) => ({
      ...{ apiKeyId, at: new Date(atMs), model, address },
    }));
    try {
      await this.#deps.note(uses);
    } catch (error) {
      this.#deps.onError(error);
      for (const [keyId, use] of last) {
        if (!this.#last.has(keyId) && this.#last.size < maxKeys) this.#last.set(keyId, use);
      }
    }
  }
}
