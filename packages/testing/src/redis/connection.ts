import net from 'node:net';
import { type RespValue, readValue, writeCommand } from './resp.ts';

interface Waiting {
  resolve(value: RespValue): void;
  reject(error: Error): void;
}

/** One connection to a Redis; commands go out at once and are answered in order. */
export class RedisConnection {
  readonly #socket: net.Socket;
  readonly #waiting: Waiting[] = [];
  #unread: Buffer = Buffer.alloc(0);

  constructor(port: number) {
    this.#socket = net.connect({ host: '127.0.0.1', port, noDelay: true });
    this.#socket.on('data', (data) => this.#read(data));
    this.#socket.on('error', (error) => this.#fail(error));
    this.#socket.on('close', () => this.#fail(new Error('Redis closed the connection')));
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  /** Sends commands in one write, so that nobody else's come between them. Rejects where the connection breaks. */
  send(commands: readonly (readonly string[])[]): Promise<RespValue[]> {
    const answers = commands.map(
      () => new Promise<RespValue>((resolve, reject) => void this.#waiting.push({ resolve, reject })),
    );
    if (this.isOpen) this.#socket.write(Buffer.concat(commands.map(writeCommand)));
    else this.#fail(new Error('Redis is not connected'));
    return Promise.all(answers);
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(data: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, data]);
    let at = 0;
    for (let read = readValue(this.#unread, at); read; read = readValue(this.#unread, at)) {
      at = read.end;
      this.#waiting.shift()?.resolve(read.value);
    }
    this.#unread = this.#unread.subarray(at);
  }

  #fail(error: Error): void {
    for (const waiting of this.#waiting.splice(0)) waiting.reject(error);
  }
}
