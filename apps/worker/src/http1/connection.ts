import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import {
  headTimeoutMs,
  keepAliveGraceMs,
  keepAliveTimeoutMs,
  leaveTimeoutMs,
  lingerMs,
  maxHeadBytes,
  maxPipelinedBytes,
  requestTimeoutMs,
} from './bounds.ts';
import { ChunkedBody } from './chunked-body.ts';
import { type BodySource, HttpRequest } from './http-request.ts';
import { HttpResponse, type ResponseChannel } from './http-response.ts';
import { HttpFault, type RequestHead, readRequestHead } from './request-head.ts';

/** What a connection needs of its server. */
export interface ConnectionHost {
  /** Monotonic time of the last look at all connections: good enough to measure timeouts by. */
  readonly nowMs: number;
  /** A request has arrived, as a rule with its body. */
  onRequest(request: HttpRequest, response: HttpResponse): void;
  /** The connection is closed. */
  forget(connection: Connection): void;
}

const nothing = Buffer.alloc(0);
const headEnd = '\r\n\r\n';
const carriageReturn = 0x0d;
const lineFeed = 0x0a;

/**
 * One client's connection: reads one request after another and hands each on as soon as its head is understood. A request that comes before the
 * one before is answered waits, within a bound.
 */
export class Connection implements BodySource, ResponseChannel {
  readonly socket: Socket;
  readonly #host: ConnectionHost;
  /** What has arrived and belongs to no request yet. */
  #rest: Buffer = nothing;
  /** How much of it has been looked through for the end of a head. */
  #searchedBytes = 0;
  #request: HttpRequest | undefined;
  #response: HttpResponse | undefined;
  #missingBytes = 0;
  #chunked: ChunkedBody | undefined;
  #owesContinue = false;
  /** The client is kept from sending on. */
  #isHeld = false;
  #isAdvancing = false;
  #hasServed = false;
  /** The client sends nothing more. */
  #hasEnded = false;
  /** Nothing that arrives is looked at any more. */
  #isLingering = false;
  /** When what the connection does now has begun: a request, being idle, lingering. */
  #sinceMs: number;
  /** When the answer under way was first seen to be written, and not taken yet. */
  #leavingSinceMs: number | undefined;
  /** An empty line came before the request; the next one is a fault. */
  #hasSkippedLine = false;
  #remoteAddress: string | undefined;

  constructor(socket: Socket, host: ConnectionHost) {
    this.socket = socket;
    this.#host = host;
    this.#sinceMs = host.nowMs;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('drain', () => this.#response?.drained());
    socket.on('end', () => this.#end());
    // What broke shows in 'close', which follows.
    socket.on('error', () => {});
    socket.on('close', () => this.#close());
  }

  get remoteAddress(): string | undefined {
    this.#remoteAddress ??= this.socket.remoteAddress;
    return this.#remoteAddress;
  }

  get isRequestComplete(): boolean {
    return this.#request?.isComplete ?? true;
  }

  /** The client may send on: its body is wanted. */
  sendOn(): void {
    if (this.#owesContinue) {
      this.#owesContinue = false;
      if (!this.#response?.hasBegun) this.socket.write('HTTP/1.1 100 Continue\r\n\r\n', 'latin1');
    }
    this.#release();
  }

  responseLeft(isLastOfConnection: boolean): void {
    const isComplete = this.isRequestComplete;
    this.#request = undefined;
    this.#response = undefined;
    this.#chunked = undefined;
    this.#owesContinue = false;
    this.#leavingSinceMs = undefined;
    this.#hasServed = true;
    this.#sinceMs = this.#host.nowMs;
    this.#release();
    if (!isComplete) this.#linger();
    else if (isLastOfConnection || this.#hasEnded) this.socket.destroySoon();
    else this.#advance();
  }

  /** Closes the connection where no request is under way on it. */
  closeIfIdle(): void {
    if (!this.#request && this.#rest.length === 0) this.socket.destroy();
  }

  /** Looks whether the client has kept its time. */
  checkTime(nowMs: number): void {
    const forMs = nowMs - this.#sinceMs;
    if (this.#isLingering) {
      if (forMs > lingerMs) this.socket.destroy();
    } else if (this.#response?.isFinished) {
      this.#leavingSinceMs ??= nowMs;
      if (nowMs - this.#leavingSinceMs > leaveTimeoutMs) this.socket.destroy();
    } else if (this.#request) {
      // Whoever is kept from sending cannot be late.
      const isAwaited = !this.#request.isComplete && !this.#isHeld && !this.#owesContinue;
      if (isAwaited && forMs > requestTimeoutMs) this.#fail(new HttpFault(408, 'the request took too long to arrive'));
    } else if (this.#rest.length > 0) {
      if (forMs > headTimeoutMs) this.#fail(new HttpFault(408, 'the headers took too long to arrive'));
    } else if (forMs > (this.#hasServed ? keepAliveTimeoutMs + keepAliveGraceMs : headTimeoutMs)) this.socket.destroy();
  }

  #take(chunk: Buffer): void {
    if (this.#isLingering) return;
    if (!this.#request && this.#rest.length === 0) this.#sinceMs = this.#host.nowMs;
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#advance();
  }

  /** Goes on with what has arrived, as far as that leads. A request may be answered while it is being handed on: then this loop, not another one inside it, goes on. */
  #advance(): void {
    if (this.#isAdvancing) return;
    this.#isAdvancing = true;
    try {
      while (this.#rest.length > 0 && !this.#isLingering && this.#step());
    } catch (error) {
      if (!(error instanceof HttpFault)) throw error;
      this.#fail(error);
    } finally {
      this.#isAdvancing = false;
    }
  }

  /** One step further; false where that takes more bytes, or the end of a response. */
  #step(): boolean {
    if (!this.#request) return this.#readHead();
    if (this.#request.isComplete) {
      if (this.#rest.length > maxPipelinedBytes) this.#hold();
      return false;
    }
    this.#readBody(this.#request);
    return true;
  }

  #readHead(): boolean {
    const rest = this.#rest;
    if (rest[0] === carriageReturn && !this.#hasSkippedLine) return this.#skipLine(rest);
    const end = rest.indexOf(headEnd, this.#searchedBytes, 'latin1');
    if (end > maxHeadBytes || (end < 0 && rest.length > maxHeadBytes)) {
      throw new HttpFault(431, 'the headers are too large');
    }
    if (end < 0) {
      if (!mayBeHead(rest)) throw new HttpFault(400, 'this is not HTTP');
      this.#searchedBytes = Math.max(0, rest.length - headEnd.length + 1);
      return false;
    }
    const head = readRequestHead(rest.toString('latin1', 0, end));
    this.#searchedBytes = 0;
    this.#hasSkippedLine = false;
    this.#rest = end + headEnd.length === rest.length ? nothing : rest.subarray(end + headEnd.length);
    this.#begin(head);
    return true;
  }

  /** An empty line too many after a body is what some clients send. */
  #skipLine(rest: Buffer): boolean {
    if (rest.length === 1) return false;
    if (rest[1] !== lineFeed) throw new HttpFault(400, 'this is not HTTP');
    this.#rest = rest.subarray(2);
    this.#hasSkippedLine = true;
    return true;
  }

  #begin(head: RequestHead): void {
    const request = new HttpRequest(head, this);
    this.#request = request;
    const { minorVersion, mayKeepAlive } = head;
    const response = new HttpResponse(this, { isHead: head.method === 'HEAD', minorVersion, mayKeepAlive });
    this.#response = response;
    if (head.framing === 'chunked') this.#chunked = new ChunkedBody();
    else this.#missingBytes = head.framing;
    if (head.framing === 0) request.complete();
    else if (this.#rest.length > 0) this.#readBody(request);
    else this.#owesContinue = head.expectsContinue;
    this.#host.onRequest(request, response);
  }

  #readBody(request: HttpRequest): void {
    const rest = this.#rest;
    let takenBytes: number;
    let isWhole: boolean;
    if (this.#chunked) {
      const piece = this.#chunked.push(rest);
      ({ takenBytes, isWhole } = this.#chunked);
      if (piece.length > 0) this.#give(request, piece);
    } else {
      takenBytes = Math.min(this.#missingBytes, rest.length);
      this.#missingBytes -= takenBytes;
      isWhole = this.#missingBytes === 0;
      this.#give(request, takenBytes === rest.length ? rest : rest.subarray(0, takenBytes));
    }
    this.#rest = takenBytes === rest.length ? nothing : rest.subarray(takenBytes);
    if (isWhole) request.complete();
  }

  #give(request: HttpRequest, piece: Buffer): void {
    if (!request.take(piece)) this.#hold();
  }

  #hold(): void {
    if (this.#isHeld) return;
    this.#isHeld = true;
    this.socket.pause();
  }

  #release(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.socket.resume();
  }

  /** Tells the client that it cannot be understood, unless it is being answered already, and hears no more of it. */
  #fail(fault: HttpFault): void {
    const hasBegun = this.#response?.hasBegun ?? false;
    this.#abandon();
    if (!hasBegun) this.socket.write(faultMessage(fault), 'latin1');
    this.#linger();
  }

  /** Sends no more, and reads for a moment what is still on its way: closed at once, the client's system would throw our last words away. */
  #linger(): void {
    this.#isLingering = true;
    this.#rest = nothing;
    this.#sinceMs = this.#host.nowMs;
    this.#release();
    this.socket.end();
  }

  #end(): void {
    this.#hasEnded = true;
    // Half a connection is none: but for a response that is only leaving, whoever ends theirs has left.
    if (!this.#response?.isFinished) this.socket.destroy();
  }

  #close(): void {
    this.#isLingering = true;
    this.#rest = nothing;
    this.#abandon();
    this.#host.forget(this);
  }

  #abandon(): void {
    const request = this.#request;
    const response = this.#response;
    this.#request = undefined;
    this.#response = undefined;
    request?.abandon();
    response?.gone();
  }
}

const maxMethodBytes = 32;

/** Whether a head can begin so: another protocol (TLS, say) is told at once, not when the headers time out. */
function mayBeHead(bytes: Buffer): boolean {
  return /^[!-~]+( |$)/.test(bytes.toString('latin1', 0, maxMethodBytes));
}

function faultMessage({ status, message }: HttpFault): string {
  const body = JSON.stringify({ error: { type: 'invalid_request_error', message } });
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`;
}
