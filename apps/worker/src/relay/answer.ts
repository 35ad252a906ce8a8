import type { Timeouts } from '@ai-bridge/catalog';
import type { Passed } from '@ai-bridge/protocol';
import type { ClientWriter } from '../http/client-writer.ts';
import type { HeaderLines } from '../http1/header-lines.ts';
import type { AnswerControl, AnswerSink } from '../upstream/answer-sink.ts';
import { EgressError } from '../upstream/proxies/egress-error.ts';
import type { ResponseHeaders } from '../upstream/response-headers.ts';
import { type AnswerBody, type BodyEnd, nothingTaken } from './answer-body.ts';
import type { AttemptResult } from './attempt-result.ts';
import type { Call } from './call.ts';
import { connectionFailure, type Failure, isClientFault, retryAfterSeconds } from './failure.ts';
import { bytesOf, wholeOf } from './passed.ts';
import type { AnswerEnd } from './settlement.ts';
import { StreamBody } from './stream-body.ts';
import type { StreamFunds } from './stream-funds.ts';
import type { Watch, Watched } from './watch.ts';

/** How long an upstream is read on for its usage after its client left. */
const drainStreamMs = 2_000;
const drainWholeMs = 5_000;
/** How long a preamble without content is held back. */
const maxGateWaitMs = 5_000;
/** How long an upstream may leave a finished stream open. */
const maxLingerMs = 1_000;
/** A client that is connected but takes nothing for this long counts as gone. */
const maxStallMs = 120_000;
const firstCheckpointMs = 200;
const checkpointEveryMs = 1_000;
const maxErrorBodyBytes = 64 * 1024;
/** No event of a protocol that numbers them is as short; what keeps connections alive is. */
const maxCommentBytes = 40;
const noBytes = Buffer.alloc(0);

/** What an answer needs to know of the attempt that it comes of. */
export interface AnswerInput {
  readonly call: Call;
  readonly promptBytes: number;
  readonly timeouts: Timeouts;
  readonly client: ClientWriter;
  readonly watch: Watch;
  /** Undefined where the reservation already covers all that can come. */
  readonly funds: StreamFunds | undefined;
  /** What the upstream knows the model by. */
  readonly model: string;
  /** The answer has begun: its first bytes go to the client. */
  opened(): void;
  /** Headers for the client, made when the answer opens. */
  openHeaders(upstream: ResponseHeaders): HeaderLines;
  /** Writes down where the answer is kept; its id stands in its beginning. */
  keep(beginning: Buffer): void;
  /** Writes down how the request stands, in case this process dies. */
  checkpoint(end: AnswerEnd): void;
}

/**
 * One upstream's answer: takes its bytes in as they arrive, passes them on at the client's pace, keeps its bounds in time and funds, and
 * resolves once with what came of it.
 */
export class Answer implements AnswerSink, Watched {
  watchIndex = -1;
  readonly #input: AnswerInput;
  readonly #resolve: (result: AttemptResult) => void;
  readonly #startedMs: number;
  #control: AnswerControl | undefined;
  #status = 0;
  #headers: ResponseHeaders = {};
  #body: AnswerBody | undefined;
  #errorBody: Buffer[] | undefined;
  #errorBytes = 0;
  #lastByteMs: number;
  #firstByteMs: number | undefined;
  /** Bytes that wait until the balance is known to pay for them; undefined while nothing waits. */
  #unpaid: Passed[] | undefined;
  /** What the upstream keeps of the answer has been written down. */
  #isKnown = false;
  #isOpen = false;
  #isDone = false;
  #bytesOut = 0;
  /** Output tokens in those bytes, while more may have to be paid for. */
  #tokensOut = 0;
  /** The last bytes of a stream that hold more than a comment: our own last event has to go on behind them. */
  #lastSent: Passed = noBytes;
  #checkFundsAt: number;
  #checkpointMs: number;
  #checkpointBytes = 0;
  #drainUntilMs: number | undefined;

  constructor(input: AnswerInput, resolve: (result: AttemptResult) => void) {
    this.#input = input;
    this.#resolve = resolve;
    this.#startedMs = performance.now();
    this.#lastByteMs = this.#startedMs;
    this.#checkpointMs = this.#startedMs + firstCheckpointMs - checkpointEveryMs;
    this.#checkFundsAt = input.funds?.checkAfterBytes(0) ?? Number.POSITIVE_INFINITY;
    input.watch.add(this);
  }

  onStart(control: AnswerControl): void {
    if (this.#isDone) control.abort(new Error('attempt already ended'));
    this.#control = control;
  }

  onHead(status: number, headers: ResponseHeaders): void {
    this.#status = status;
    this.#headers = headers;
    this.#lastByteMs = this.#input.watch.nowMs;
    if (status >= 300) {
      this.#errorBody = [];
      return;
    }
    const encoding = headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') {
      return this.#abort({ kind: 'encoding', status, text: 'the answer came in an encoding that was not asked for' });
    }
    const body = this.#input.call.takeIn((headers['content-type'] ?? '').toLowerCase());
    if (typeof body === 'string') this.#abort({ kind: 'no_answer', status, text: body });
    else this.#body = body;
  }

  onData(chunk: Buffer): void {
    this.#lastByteMs = this.#input.watch.nowMs;
    this.#firstByteMs ??= performance.now() - this.#startedMs;
    if (this.#errorBody) {
      this.#errorBytes += chunk.length;
      if (this.#errorBytes <= maxErrorBodyBytes) this.#errorBody.push(chunk);
      return;
    }
    const body = this.#body;
    if (!body || this.#isDone) return;
    if (this.#input.call.isKept && !this.#isKnown) {
      this.#isKnown = true;
      this.#input.keep(chunk);
    }
    const out = body.push(chunk);
    if (!body.hasBegun) {
      if (body.error) this.#abort({ kind: 'error_event', status: this.#status, text: body.error.type });
      return;
    }
    if (out) this.#send(out);
    // Whatever the upstream does after its own error event, the answer is over.
    if (body.error) this.#stop('upstream', body.error.type);
  }

  onEnd(): void {
    if (this.#isDone) return;
    if (this.#errorBody) return this.#endOfError();
    const body = this.#body;
    if (!body) return;
    this.#endProperly(body);
  }

  #endProperly(body: AnswerBody): void {
    const end = body.end(true);
    if (end.noAnswer !== undefined) {
      return this.#fail({ kind: 'no_answer', status: this.#status, text: end.noAnswer }, end.reported);
    }
    const preamble = body.hasBegun ? undefined : body.openEarly();
    if (preamble) this.#send(preamble);
    if (end.rest.length > 0) this.#send(end.rest);
    // The upstream has said what it all came to: nothing is left to wait for.
    this.#flushUnpaid();
    this.#finish(end.isWhole ? undefined : 'upstream', end, body.error?.type);
  }

  onError(error: Error): void {
    if (this.#isDone) return;
    if (error instanceof EgressError) {
      return this.#fail({ kind: 'connect', text: error.message, isProxyFault: error.isProxyFault });
    }
    const body = this.#body;
    // What breaks behind the terminal event breaks nothing.
    if (body instanceof StreamBody && body.isWhole) return this.#endProperly(body);
    const failure = connectionFailure(error, this.#status || undefined);
    if (!body?.hasBegun) return this.#fail(failure);
    this.#finish('upstream', body.end(false), failure.text);
  }

  /** The client hung up: read on for a bounded time, because the usage often comes in the last bytes. */
  onClientGone(): void {
    if (this.#isDone || this.#drainUntilMs !== undefined) return;
    const isStream = this.#body instanceof StreamBody;
    this.#drainUntilMs = performance.now() + (isStream ? drainStreamMs : drainWholeMs);
    this.#input.client.resume();
  }

  onTick(nowMs: number): void {
    const { timeouts, client } = this.#input;
    const hasBytes = this.#firstByteMs !== undefined;
    if (this.#drainUntilMs !== undefined) {
      if (nowMs > this.#drainUntilMs) this.#stop(undefined, 'client left');
      return;
    }
    if (nowMs - this.#startedMs > timeouts.totalMs) return this.#timeOut('total_timeout');
    if (client.stalledSinceMs !== undefined) {
      if (nowMs - client.stalledSinceMs > maxStallMs) this.#input.client.response.destroy();
      return;
    }
    if (!hasBytes && nowMs - this.#startedMs > timeouts.firstByteMs) return this.#timeOut('first_byte_timeout');
    if (hasBytes && nowMs - this.#lastByteMs > timeouts.idleMs) return this.#timeOut('idle_timeout');
    if (this.#body instanceof StreamBody) this.#tickStream(this.#body, nowMs);
  }

  #tickStream(body: StreamBody, nowMs: number): void {
    // The answer is whole, yet the upstream does not close it: the client need not wait for that.
    if (body.isWhole && nowMs - this.#lastByteMs > maxLingerMs) return this.#linger(body);
    if (!body.hasBegun) {
      if (this.#firstByteMs === undefined || nowMs - this.#startedMs - this.#firstByteMs < maxGateWaitMs) return;
      const preamble = body.openEarly();
      if (preamble) this.#send(preamble);
    }
    if (nowMs - this.#checkpointMs < checkpointEveryMs || this.#bytesOut === this.#checkpointBytes) return;
    this.#checkpointMs = nowMs;
    this.#checkpointBytes = this.#bytesOut;
    this.#input.checkpoint(this.#answerEnd('upstream_broke', body.reported(), false));
  }

  #linger(body: StreamBody): void {
    this.#endProperly(body);
    this.#control?.abort(new Error('the upstream did not close a finished stream'));
  }

  #send(out: Passed): void {
    if (!this.#isOpen) {
      this.#isOpen = true;
      this.#input.opened();
      this.#input.client.open(this.#status, this.#input.openHeaders(this.#headers));
    }
    if (this.#unpaid) {
      // Cover is being asked for: what comes meanwhile goes behind, and nothing more is read than what was under way.
      this.#unpaid.push(out);
      this.#control?.pause();
      return;
    }
    const bytes = bytesOf(out);
    if (this.#bytesOut + bytes >= this.#checkFundsAt && !this.#isCovered(out)) return;
    this.#write(out, bytes);
  }

  #write(out: Passed, bytes: number): void {
    const control = this.#control;
    if (!control) return;
    this.#bytesOut += bytes;
    if (this.#checkFundsAt !== Number.POSITIVE_INFINITY) this.#tokensOut = this.#body?.deliveredOutputTokens() ?? 0;
    if (bytes > maxCommentBytes) this.#lastSent = out;
    if (typeof out === 'string' || Buffer.isBuffer(out)) this.#input.client.write(out, control, this.#lastByteMs);
    else for (const part of out) this.#input.client.write(part, control, this.#lastByteMs);
  }

  /** Makes sure that what goes out next is paid for; otherwise holds it until it is, or ends the stream before it. */
  #isCovered(out: Passed): boolean {
    const { funds } = this.#input;
    const control = this.#control;
    if (!funds || !this.#body || !control) return true;
    const delivered = this.#body.deliveredOutputTokens();
    const goOn = () => {
      this.#checkFundsAt = this.#bytesOut + funds.checkAfterBytes(delivered);
      return true;
    };
    if (!funds.wantsMore(delivered) || funds.extend()) return goOn();
    if (funds.isExhausted) return funds.covers(delivered) ? goOn() : this.#outOfFunds();
    this.#unpaid = [out];
    control.pause();
    void funds.extendSoon().then(() => {
      if (this.#isDone) return;
      if (!funds.covers(delivered)) return this.#outOfFunds();
      goOn();
      this.#flushUnpaid();
      if (this.#input.client.stalledSinceMs === undefined) control.resume();
    });
    return false;
  }

  /** Writes what waited for cover, in its order. */
  #flushUnpaid(): void {
    for (const out of this.#unpaid ?? []) this.#write(out, bytesOf(out));
    this.#unpaid = undefined;
  }

  #outOfFunds(): false {
    this.#unpaid = undefined;
    this.#stop('funds', 'balance used up');
    return false;
  }

  #endOfError(): void {
    const status = this.#status;
    const body = Buffer.concat(this.#errorBody ?? []);
    if (isClientFault(status) && this.#errorBytes <= maxErrorBodyBytes) {
      return this.#done({ kind: 'refused', status, headers: this.#headers, body });
    }
    this.#fail({
      kind: 'status',
      status,
      retryAfterSeconds: retryAfterSeconds(this.#headers['retry-after'], Date.now()),
      namesModel: body.includes(this.#input.model),
      body,
      text: `status ${status}`,
    });
  }

  #timeOut(kind: 'first_byte_timeout' | 'idle_timeout' | 'total_timeout'): void {
    const body = this.#body;
    if (body instanceof StreamBody && body.isWhole) return this.#linger(body);
    if (!body?.hasBegun) return this.#abort({ kind, status: this.#status || undefined, text: kind });
    this.#stop('timeout', kind);
  }

  /** Ends an answer that has begun (or whose client is gone) from our side. */
  #stop(cut: 'upstream' | 'timeout' | 'funds' | undefined, text: string): void {
    const end = this.#body?.end(false) ?? nothingTaken;
    this.#finish(cut, end, text);
    this.#control?.abort(new Error(text));
  }

  #abort(failure: Failure): void {
    this.#fail(failure);
    this.#control?.abort(new Error(failure.text));
  }

  #fail(failure: Failure, reported = this.#body?.reported()): void {
    this.#done({ kind: 'failed', failure, status: failure.status, reported });
  }

  #finish(cut: 'upstream' | 'timeout' | 'funds' | undefined, end: BodyEnd, error: string | undefined): void {
    const isGone = this.#drainUntilMs !== undefined;
    const outcome = isGone
      ? 'client_left'
      : cut === undefined
        ? 'completed'
        : cut === 'funds'
          ? 'interrupted'
          : 'upstream_broke';
    this.#done({
      kind: 'answered',
      status: this.#status,
      headers: this.#headers,
      end:
        cut === 'funds' ? this.#endOfFunds(outcome, end.reported) : this.#answerEnd(outcome, end.reported, end.isFinal),
      held: cut === undefined || cut === 'upstream' ? end.held : noBytes,
      isOpen: this.#isOpen,
      stream: this.#body instanceof StreamBody ? this.#body : undefined,
      lastSent: wholeOf(this.#lastSent),
      firstByteMs: this.#firstByteMs,
      cut: isGone ? undefined : cut,
      error,
      hasUpstreamError: this.#body?.error !== undefined,
    });
  }

  /** What was taken in and never went out is not charged, whatever the upstream said of it. */
  #endOfFunds(outcome: AnswerEnd['outcome'], reported: AnswerEnd['reported']): AnswerEnd {
    return {
      ...this.#answerEnd(outcome, reported && { ...reported, output: undefined }, false),
      deliveredOutputTokens: this.#tokensOut,
      chargeAtMost: this.#input.funds?.reservedNanoUsd,
    };
  }

  #answerEnd(outcome: AnswerEnd['outcome'], reported: AnswerEnd['reported'], isFinal: boolean): AnswerEnd {
    return {
      outcome,
      reported,
      isFinal,
      deliveredOutputTokens: isFinal ? 0 : (this.#body?.deliveredOutputTokens() ?? 0),
      promptBytes: this.#input.promptBytes,
      hasBegun: this.#control !== undefined,
    };
  }

  #done(result: AttemptResult): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#input.watch.remove(this);
    this.#resolve(result);
  }
}
