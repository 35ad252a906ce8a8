import type { Socket } from 'node:net';
import { ChunkedBody } from '../../http1/chunked-body.ts';
import { HttpFault } from '../../http1/request-head.ts';
import type { AnswerControl, AnswerSink } from '../answer-sink.ts';
import { maxHeadBytes, maxInterimAnswers, maxJoinedBodyBytes } from './bounds.ts';
import { BrokenAnswerError } from './broken-answer.ts';
import { readResponseHead } from './response-head.ts';
import type { UpstreamRequest } from './upstream-request.ts';
import { writeStream } from './write-stream.ts';

/** Whose connections they are. */
export interface ConnectionOwner {
  /** It may carry another request, for this long. */
  freed(connection: UpstreamConnection, keepAliveMs: number): void;
  /** Its request is over, and so is it. */
  closed(connection: UpstreamConnection): void;
}

const nothing = Buffer.alloc(0);
const headEnd = '\r\n\r\n';

type Awaited = 'head' | 'length' | 'chunks' | 'close';

/** One connection to an upstream: one request after another, each with the sink of its answer. */
export class UpstreamConnection {
  readonly #socket: Socket;
  readonly #owner: ConnectionOwner;
  #exchange: Exchange | undefined;
  #awaited: Awaited = 'head';
  /** The beginning of a head. */
  #rest: Buffer = nothing;
  #interimAnswers = 0;
  #missingBytes = 0;
  #chunked: ChunkedBody | undefined;
  #keepAliveMs = 0;
  #error: Error | undefined;
  /** Until when it may wait for another request; set by its owner. */
  idleUntilMs = 0;

  constructor(socket: Socket, owner: ConnectionOwner) {
    this.#socket = socket;
    this.#owner = owner;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('end', () => this.#ended());
    // What broke shows in 'close', which follows.
    socket.on('error', (error) => {
      this.#error ??= error;
    });
    socket.on('close', () => this.#closed());
  }

  /** Whether a request can go out on it, as far as is known here. */
  get isOpen(): boolean {
    return this.#exchange === undefined && !this.#socket.destroyed && this.#socket.writable;
  }

  /**
   * Sends a request and hands its answer to the sink.
   * @param head the request's, as it goes out
   */
  send(head: string, request: UpstreamRequest, sink: AnswerSink): void {
    const exchange = new Exchange(this, request.method, sink);
    this.#exchange = exchange;
    this.#awaited = 'head';
    this.#interimAnswers = 0;
    sink.onStart(exchange);
    // It may be given up before it has gone out.
    if (this.#exchange === exchange) this.#write(head, request, exchange);
  }

  destroy(error?: Error): void {
    this.#error ??= error;
    this.#socket.destroy();
  }

  pause(exchange: Exchange): void {
    if (this.#exchange === exchange) this.#socket.pause();
  }

  resume(exchange: Exchange): void {
    if (this.#exchange === exchange) this.#socket.resume();
  }

  giveUp(exchange: Exchange, reason: Error): void {
    if (this.#exchange !== exchange) return;
    this.#exchange = undefined;
    this.#socket.destroy();
    exchange.sink.onError(reason);
  }

  #write(head: string, { headers, body }: UpstreamRequest, exchange: Exchange): void {
    const socket = this.#socket;
    if (body === undefined) socket.write(head, 'latin1');
    else if (!Buffer.isBuffer(body)) {
      socket.write(head, 'latin1');
      exchange.isSending = true;
      writeStream(socket, body, headers).then(
        () => {
          exchange.isSending = false;
        },
        (error) => this.giveUp(exchange, error),
      );
    } else if (body.length < maxJoinedBodyBytes) socket.write(head + body.toString('latin1'), 'latin1');
    else {
      socket.cork();
      socket.write(head, 'latin1');
      socket.write(body);
      socket.uncork();
    }
  }

  #take(chunk: Buffer): void {
    try {
      this.#read(chunk);
    } catch (error) {
      if (!this.#exchange) throw error;
      this.#fail(error instanceof HttpFault ? new BrokenAnswerError(error.message) : (error as Error));
    }
  }

  #read(chunk: Buffer): void {
    const exchange = this.#exchange;
    // What nobody asked for would be taken for the next answer.
    if (!exchange) return void this.#socket.destroy();
    if (this.#awaited !== 'head') return this.#readBody(chunk, exchange);
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = nothing;
    this.#readHead(bytes, exchange);
  }

  #readHead(bytes: Buffer, exchange: Exchange): void {
    const end = bytes.indexOf(headEnd, 0, 'latin1');
    if (end > maxHeadBytes || (end < 0 && bytes.length > maxHeadBytes))
      throw new BrokenAnswerError('the head of the answer is too large');
    if (end < 0) {
      if (!mayBeHead(bytes)) throw new BrokenAnswerError('the answer is not HTTP/1.1');
      this.#rest = bytes;
      return;
    }
    const head = readResponseHead(bytes.toString('latin1', 0, end), exchange.method);
    const body = end + headEnd.length === bytes.length ? nothing : bytes.subarray(end + headEnd.length);
    if (head.status < 200) {
      if (head.status === 101 || ++this.#interimAnswers > maxInterimAnswers)
        throw new BrokenAnswerError('the answer is no answer to what was asked');
      if (body.length > 0) this.#readHead(body, exchange);
      return;
    }
    this.#keepAliveMs = head.keepAliveMs;
    const { framing } = head;
    exchange.sink.onHead(head.status, head.headers, head.lines);
    if (this.#exchange !== exchange) return;
    if (framing === 'chunked') {
      this.#awaited = 'chunks';
      this.#chunked = new ChunkedBody();
    } else if (framing === 'close') this.#awaited = 'close';
    else if (framing === 0) return this.#complete(exchange, body.length);
    else {
      this.#awaited = 'length';
      this.#missingBytes = framing;
    }
    if (body.length > 0) this.#readBody(body, exchange);
  }

  #readBody(bytes: Buffer, exchange: Exchange): void {
    if (this.#awaited === 'close') return exchange.sink.onData(bytes);
    if (this.#awaited === 'chunks') return this.#readChunks(bytes, exchange);
    const taken = Math.min(bytes.length, this.#missingBytes);
    this.#missingBytes -= taken;
    exchange.sink.onData(taken === bytes.length ? bytes : bytes.subarray(0, taken));
    if (this.#missingBytes === 0) this.#complete(exchange, bytes.length - taken);
  }

  #readChunks(bytes: Buffer, exchange: Exchange): void {
    const chunked = this.#chunked as ChunkedBody;
    const data = chunked.push(bytes);
    if (data.length > 0) exchange.sink.onData(data);
    if (chunked.isWhole) this.#complete(exchange, bytes.length - chunked.takenBytes);
  }

  /** The answer is whole. Its connection is free before its sink hears of it, which may well send the next request. */
  #complete(exchange: Exchange, extraBytes: number): void {
    if (this.#exchange !== exchange) return;
    this.#exchange = undefined;
    this.#chunked = undefined;
    const socket = this.#socket;
    // A server that answers before it has read all of the request, or says more than was asked, is out of step.
    const isInStep = extraBytes === 0 && !exchange.isSending && socket.writableLength === 0;
    if (isInStep && this.#keepAliveMs > 0 && socket.writable) {
      if (socket.isPaused()) socket.resume();
      this.#owner.freed(this, this.#keepAliveMs);
    } else socket.destroy();
    exchange.sink.onEnd();
  }

  /** The upstream sends nothing more. */
  #ended(): void {
    const exchange = this.#exchange;
    if (exchange && this.#awaited === 'close') {
      this.#keepAliveMs = 0;
      this.#complete(exchange, 0);
    } else if (exchange) this.#fail(new BrokenAnswerError('the upstream closed the connection', 'ANSWER_CUT'));
    this.#socket.destroy();
  }

  #closed(): void {
    if (this.#exchange)
      this.#fail(this.#error ?? new BrokenAnswerError('the upstream closed the connection', 'ANSWER_CUT'));
    this.#owner.closed(this);
  }

  #fail(error: Error): void {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    this.#chunked = undefined;
    this.#socket.destroy();
    exchange?.sink.onError(error);
  }
}

/** One request under way on a connection. What comes too late for it changes nothing for the next one. */
class Exchange implements AnswerControl {
  readonly method: string;
  readonly sink: AnswerSink;
  readonly #connection: UpstreamConnection;
  /** A streamed body is still going out. */
  isSending = false;

  constructor(connection: UpstreamConnection, method: string, sink: AnswerSink) {
    this.#connection = connection;
    this.method = method;
    this.sink = sink;
  }

  pause(): void {
    this.#connection.pause(this);
  }

  resume(): void {
    this.#connection.resume(this);
  }

  abort(reason: Error): void {
    this.#connection.giveUp(this, reason);
  }
}

/** Whether an answer can begin so. */
function mayBeHead(bytes: Buffer): boolean {
  const begin = bytes.toString('latin1', 0, 'HTTP/1.1 '.length);
  return 'HTTP/1.1 '.startsWith(begin) || 'HTTP/1.0 '.startsWith(begin);
}
