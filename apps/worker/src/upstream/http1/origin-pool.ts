import { type buildConnector, Dispatcher, errors } from 'undici';
import type { AnswerSink } from '../answer-sink.ts';
import { sweepEveryMs } from './bounds.ts';
import { UndiciAnswer } from './undici-answer.ts';
import { type ConnectionOwner, UpstreamConnection } from './upstream-connection.ts';
import { requestHead, type UpstreamRequest } from './upstream-request.ts';

/**
 * The connections to one origin: kept alive, each with one request at a time, as many as there are requests under way; those are bounded at
 * the door (server.ts). Redirects are never followed: a pool speaks to its origin alone.
 *
 * Connections are made by undici's connectors, and questions of our own may be asked by undici's `request`; what is relayed goes through `send`.
 */
export class OriginPool extends Dispatcher implements ConnectionOwner {
  readonly #url: URL;
  /** What requests name as their host. */
  readonly #host: string;
  readonly #connect: buildConnector.connector;
  /** Used last in, first out, so that the rest can grow old. */
  readonly #idle: UpstreamConnection[] = [];
  readonly #connections = new Set<UpstreamConnection>();
  #connecting = 0;
  #sweep: NodeJS.Timeout | undefined;
  #end: Error | undefined;
  #onEmpty: (() => void)[] = [];

  /** @param connect how connections to the origin are made */
  constructor(origin: string, connect: buildConnector.connector) {
    super();
    this.#url = new URL(origin);
    this.#host = this.#url.host;
    this.#connect = connect;
  }

  /** Connections that are open. */
  get size(): number {
    return this.#connections.size;
  }

  /**
   * Sends a request on a connection that is free, or on a new one.
   * @throws RequestFault where it must not go out, and where the pool is closed; everything else the sink is told
   */
  send(request: UpstreamRequest, sink: AnswerSink): void {
    if (this.#end) throw this.#end;
    const head = requestHead(request, this.#host);
    for (let free = this.#idle.pop(); free; free = this.#idle.pop()) {
      if (free.isOpen) return free.send(head, request, sink);
    }
    this.#open(head, request, sink);
  }

  /** For undici's `request`, by its older kind of handlers. */
  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const answer = new UndiciAnswer(options, handler);
    try {
      this.send(answer.request, answer);
    } catch (error) {
      answer.onError(error as Error);
    }
    return true;
  }

  /** Takes no more requests, and resolves when those under way are over. */
  override async close(): Promise<void> {
    this.#end ??= new errors.ClientClosedError();
    this.#stopSweep();
    for (const free of this.#idle.splice(0)) free.destroy();
    if (this.#isEmpty) return;
    await new Promise<void>((resolve) => {
      this.#onEmpty.push(resolve);
    });
  }

  /** Takes no more requests, and breaks off those under way. */
  override async destroy(): Promise<void> {
    this.#end = new errors.ClientDestroyedError();
    this.#stopSweep();
    for (const connection of this.#connections) connection.destroy(this.#end);
  }

  freed(connection: UpstreamConnection, keepAliveMs: number): void {
    if (this.#end) return connection.destroy();
    connection.idleUntilMs = performance.now() + keepAliveMs;
    this.#idle.push(connection);
    this.#sweep ??= setInterval(() => this.#closeOld(), sweepEveryMs).unref();
  }

  closed(connection: UpstreamConnection): void {
    this.#connections.delete(connection);
    this.#tellIfEmpty();
  }

  get #isEmpty(): boolean {
    return this.#connections.size === 0 && this.#connecting === 0;
  }

  #open(head: string, request: UpstreamRequest, sink: AnswerSink): void {
    const { hostname, protocol, port } = this.#url;
    this.#connecting++;
    const to = { host: this.#host, hostname: hostname.replace(/^\[(.*)\]$/, '$1'), protocol, port };
    const done: buildConnector.Callback = (error, socket) => {
      this.#connecting--;
      if (error) sink.onError(error);
      else {
        const connection = new UpstreamConnection(socket, this);
        this.#connections.add(connection);
        if (this.#end instanceof errors.ClientDestroyedError) {
          connection.destroy();
          sink.onError(this.#end);
        } else connection.send(head, request, sink);
      }
      this.#tellIfEmpty();
    };
    try {
      this.#connect(to, done);
    } catch (error) {
      // An address that no connection can be made to may be found out at once.
      done(error as Error, null);
    }
  }

  #closeOld(): void {
    const nowMs = performance.now();
    let kept = 0;
    for (const connection of this.#idle) {
      if (!connection.isOpen) continue;
      if (connection.idleUntilMs > nowMs) this.#idle[kept++] = connection;
      else connection.destroy();
    }
    this.#idle.length = kept;
    if (kept === 0) this.#stopSweep();
  }

  #stopSweep(): void {
    clearInterval(this.#sweep);
    this.#sweep = undefined;
  }

  #tellIfEmpty(): void {
    if (!this.#isEmpty) return;
    for (const resolve of this.#onEmpty.splice(0)) resolve();
  }
}
