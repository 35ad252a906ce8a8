import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dialect, Frame } from './answer.ts';
import type { Holds } from './holds.ts';
import type { UpstreamRequest } from './log.ts';
import type { Script } from './script.ts';

/** Everything one delivery needs besides what it delivers. */
export interface Delivery {
  readonly response: ServerResponse;
  readonly script: Script;
  readonly dialect: Dialect;
  readonly holds: Holds;
  readonly log: UpstreamRequest;
}

/** Writes a stream's frames as the script paces, breaks or stalls them. Returns when nothing more will be written. */
export async function deliverStream(
  delivery: Delivery,
  frames: readonly Frame[],
  headers: Record<string, string>,
): Promise<void> {
  const { response, script, dialect, holds, log } = delivery;
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    ...headers,
  });
  response.flushHeaders();
  log.status = 200;
  if (script.stallAfter === -1) return;
  let contents = 0;
  const total = frames.filter((frame) => frame.isContent).length;
  for (const frame of frames) {
    const isTail = !frame.isContent && contents === total;
    const isOpening = contents === 0 && !frame.isPreamble;
    if (frame.isContent || isTail || isOpening) {
      if (script.hold && script.holdAfter > 0 && contents === Math.min(script.holdAfter, total))
        await holds.wait(script.hold);
      if (script.stallAfter === contents || script.cutAfter === contents) {
        if (script.halvesLast) await write(delivery, frame.text.slice(0, frame.text.length >> 1));
        return script.cutAfter === contents ? cut(response) : undefined;
      }
      if (script.errorEventAfter === contents) {
        await write(delivery, dialect.errorEvent(script.message ?? 'upstream is overloaded'));
        return end(delivery);
      }
    }
    if (frame.isContent && contents > 0 && script.gapMs > 0) await sleep(script.gapMs);
    if (response.destroyed) return;
    await write(delivery, frame.text);
    if (frame.isContent) log.tokensEmitted = ++contents;
  }
  end(delivery);
}

/** Writes a whole body, or only its first half where the script breaks or stalls it. */
export async function deliverBody(
  delivery: Delivery,
  status: number,
  body: Buffer,
  headers: Record<string, string>,
): Promise<void> {
  const { response, script, log } = delivery;
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': String(body.length), ...headers });
  log.status = status;
  const isBroken = script.cutAfter !== undefined || script.stallAfter !== undefined;
  if (!isBroken) {
    await writeBytes(delivery, body);
    return end(delivery);
  }
  if (script.stallAfter !== -1) await writeBytes(delivery, body.subarray(0, body.length >> 1));
  if (script.cutAfter !== undefined) await cut(response);
}

/** Breaks the connection once what was written has left this process: node holds small writes back for a moment. */
async function cut(response: ServerResponse): Promise<void> {
  response.uncork();
  await new Promise((resume) => setImmediate(resume));
  response.destroy();
}

function end({ response, log }: Delivery): void {
  log.isFinished = true;
  response.end();
}

function write(delivery: Delivery, text: string): Promise<void> {
  const framed = delivery.script.crlf ? text.replaceAll('\n', '\r\n') : text;
  return writeBytes(delivery, Buffer.from(framed));
}

async function writeBytes({ response, script, log }: Delivery, bytes: Buffer): Promise<void> {
  const step = script.chunkBytes ?? bytes.length;
  for (let at = 0; at < bytes.length; at += step) {
    if (response.destroyed) return;
    const piece = bytes.subarray(at, at + step);
    log.record(piece);
    if (!response.write(piece)) await drained(response);
    // A turn of the loop per piece, so that each is a write of its own.
    if (script.chunkBytes !== undefined) await new Promise((resume) => setImmediate(resume));
  }
}

/** Resolves once the other side takes more, or has gone. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
