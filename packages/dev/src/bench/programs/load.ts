import fs from 'node:fs';
import net from 'node:net';
import { type LoadPlan, type LoadResult, sequenceDigits } from '../load-plan.ts';
import { percentile } from '../statistics.ts';

// The load: raw sockets and the least of an HTTP parser, so that it is not what is measured. Prints a LoadResult.

const plan = JSON.parse(fs.readFileSync(process.argv[2] ?? '', 'utf8')) as LoadPlan;
const request = Buffer.from(plan.request);
const sequenceAt = request.indexOf('SEQ=') + 4;
const stamp = Buffer.from('T=');
const streamEnd = Buffer.from('0\r\n\r\n');
/** Every so many streams the whole text is checked for its terminal event. */
const checkedEvery = 50;

const latencies: number[] = [];
const firstDeltas: number[] = [];
const chunkDelays: number[] = [];
const now = () => Number(process.hrtime.bigint() / 1_000n) / 1_000;
const startedAt = now();
const measuredFrom = startedAt + plan.warmupMs;
const endsAt = measuredFrom + plan.durationMs;
let sent = 0;
let done = 0;
let failed = 0;
let open = 0;

class Connection {
  readonly socket = net.connect({ port: plan.port, host: '127.0.0.1', noDelay: true });
  // Its own copy, so that the running number can be written into it while other connections send.
  readonly request = Buffer.from(request);
  isBusy = false;
  intendedAt = 0;
  head = '';
  bodyLeft = -1;
  isFirstDelta = true;
  tail: Buffer = Buffer.alloc(0);
  checked: Buffer[] | undefined;

  constructor() {
    this.socket.on('data', (data) => this.receive(data, now()));
    this.socket.on('error', () => {});
    this.socket.on('close', () => {
      if (this.isBusy) this.finish(false);
    });
  }

  send(intendedAt: number): void {
    this.isBusy = true;
    this.intendedAt = intendedAt;
    this.head = '';
    this.bodyLeft = -1;
    this.isFirstDelta = true;
    this.tail = Buffer.alloc(0);
    this.checked = plan.isStream && sent % checkedEvery === 0 ? [] : undefined;
    this.request.write(String(sent++).padStart(sequenceDigits, '0'), sequenceAt, 'latin1');
    open++;
    this.socket.write(this.request);
  }

  receive(data: Buffer, at: number): void {
    let body = data;
    if (this.bodyLeft === -1) {
      this.head += data.toString('latin1');
      const end = this.head.indexOf('\r\n\r\n');
      if (end < 0) return;
      const bodyBytes = this.head.length - end - 4;
      body = data.subarray(data.length - bodyBytes);
      if (this.head.slice(9, 12) !== '200') return this.finish(false);
      const length = /content-length: (\d+)/i.exec(this.head.slice(0, end))?.[1];
      this.bodyLeft = length === undefined ? Number.POSITIVE_INFINITY : Number(length);
    }
    this.bodyLeft -= body.length;
    this.checked?.push(body);
    if (plan.isStamped) this.readStamps(body, at);
    if (this.bodyLeft === 0) return this.finish(true);
    if (this.bodyLeft !== Number.POSITIVE_INFINITY) return;
    this.tail =
      body.length >= streamEnd.length
        ? body.subarray(-streamEnd.length)
        : Buffer.concat([this.tail, body]).subarray(-streamEnd.length);
    if (this.tail.equals(streamEnd))
      this.finish(this.checked === undefined || Buffer.concat(this.checked).includes(plan.terminal));
  }

  /** Each event says when the upstream wrote it. */
  readStamps(body: Buffer, at: number): void {
    for (let found = body.indexOf(stamp); found >= 0; found = body.indexOf(stamp, found + 2)) {
      const end = body.indexOf(0x20, found);
      if (end < 0) return;
      const isFirst = this.isFirstDelta;
      this.isFirstDelta = false;
      if (at < measuredFrom) continue;
      if (isFirst) firstDeltas.push(at - this.intendedAt);
      chunkDelays.push(at - Number(body.toString('latin1', found + 2, end)) / 1_000);
    }
  }

  finish(isWhole: boolean): void {
    const at = now();
    this.isBusy = false;
    open--;
    if (!isWhole) {
      failed++;
      this.socket.destroy();
    } else if (at >= measuredFrom && at <= endsAt) {
      done++;
      latencies.push(at - this.intendedAt);
    } else if (plan.mode === 'once') done++;
    if (plan.mode === 'closed' && at < endsAt && isWhole) this.send(at);
    else if (isFinished()) report();
  }
}

const isFinished = () => open === 0 && (plan.mode === 'once' ? done + failed === plan.connections : now() >= endsAt);

function report(): never {
  const result: LoadResult = {
    done,
    failed,
    perSecond: done / (plan.durationMs / 1_000),
    latencyMs: { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) },
    firstDeltaMs: { p50: percentile(firstDeltas, 0.5), p99: percentile(firstDeltas, 0.99) },
    chunkDelayMs: { p50: percentile(chunkDelays, 0.5), p99: percentile(chunkDelays, 0.99) },
  };
  fs.writeSync(1, JSON.stringify(result));
  process.exit(0);
}

const connections: Connection[] = [];
const isOpening = plan.mode === 'once' && plan.ratePerSecond > 0;
if (isOpening) openSteadily();
else for (let count = 0; count < plan.connections; count++) connections.push(new Connection());
if (plan.mode === 'closed') for (const connection of connections) connection.send(now());
if (plan.mode === 'rate') sendSteadily();
// Whatever has not ended by then never will.
setTimeout(
  () => {
    failed += open;
    report();
  },
  plan.warmupMs + plan.durationMs + plan.graceMs,
);

/** Requests at fixed moments; counted from the moment they were due, however late they went. */
function sendSteadily(): void {
  const gapMs = 1_000 / plan.ratePerSecond;
  let due = now() + 50;
  const timer = setInterval(() => {
    for (; due <= now() && due < endsAt; due += gapMs) {
      const free = connections.find((connection) => !connection.isBusy && !connection.socket.destroyed);
      if (free) free.send(due);
      else failed++;
    }
    if (due < endsAt) return;
    clearInterval(timer);
    if (isFinished()) report();
    else if (open === 0) setTimeout(() => report(), Math.max(0, endsAt - now()));
  }, 1);
}

/** One request on each of many connections, opened at a steady rate. */
function openSteadily(): void {
  const timer = setInterval(() => {
    const due = Math.min(plan.connections, Math.ceil(((now() - startedAt) / 1_000) * plan.ratePerSecond));
    while (connections.length < due) {
      const connection = new Connection();
      connections.push(connection);
      connection.send(now());
    }
    if (due === plan.connections) clearInterval(timer);
  }, 5);
}
