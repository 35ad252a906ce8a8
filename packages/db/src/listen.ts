import pg from 'pg';

export interface ListenOptions {
  readonly url: string;
  readonly channels: readonly string[];
  readonly applicationName: string;
  onNotify(channel: string, payload: string): void;
  /** Called after each (re)connection: what was missed while away is unknown, so reload. */
  onConnect(): void;
  onDisconnect?(error: Error | undefined): void;
  /** First wait before connecting again; doubles up to 5 s. */
  readonly reconnectMs?: number;
}

const maxReconnectMs = 5_000;

/** Keeps one connection that LISTENs, and comes back by itself when it is lost. */
export function listen(options: ListenOptions): { close(): Promise<void> } {
  let closed = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let waitMs = options.reconnectMs ?? 100;

  async function connect(): Promise<void> {
    const next = new pg.Client({
      connectionString: options.url,
      application_name: options.applicationName,
      connectionTimeoutMillis: 2_000,
      keepAlive: true,
    });
    client = next;
    let lost = false;
    const lose = (error?: Error) => {
      if (lost) return;
      lost = true;
      next.end().catch(() => {});
      options.onDisconnect?.(error);
      again();
    };
    next.on('error', lose);
    next.on('end', () => lose());
    next.on('notification', (message) => options.onNotify(message.channel, message.payload ?? ''));
    try {
      await next.connect();
      for (const channel of options.channels) await next.query(`LISTEN ${next.escapeIdentifier(channel)}`);
      waitMs = options.reconnectMs ?? 100;
      options.onConnect();
    } catch (error) {
      lose(error as Error);
    }
  }

  function again(): void {
    if (closed) return;
    timer = setTimeout(() => void connect(), waitMs);
    timer.unref();
    waitMs = Math.min(waitMs * 2, maxReconnectMs);
  }

  void connect();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}
