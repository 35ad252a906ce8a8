import { Redis } from '@upstash/redis';

/** Where the workers of one database keep what they share: Upstash, or anything that speaks its REST protocol. */
export interface RedisPlace {
  readonly url: string;
  readonly token: string;
}

/** A client that asks once and waits for so long at most: whoever calls it goes on without an answer. */
export function openRedis({ url, token }: RedisPlace, timeoutMs: number): Redis {
  return new Redis({
    url,
    token,
    // As a function: else a call that took too long would come back as a value that looks like an answer.
    signal: () => AbortSignal.timeout(timeoutMs),
    retry: { retries: 0 },
    automaticDeserialization: false,
    responseEncoding: false,
    readYourWrites: false,
    enableTelemetry: false,
  });
}
