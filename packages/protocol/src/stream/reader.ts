import type { Usage } from '@ai-bridge/domain';
import type { StreamErrorContext } from '../errors/render.ts';
import { asObject, asText, type JsonObject } from '../json/parse.ts';

/** What an upstream says went wrong. Its text may name things that no client should see. */
export interface UpstreamError {
  readonly type: string;
  readonly message: string;
}

/** What is to be done with an event. */
export type Verdict =
  /** goes on; nothing of the answer in it */
  | 'pass'
  /** goes on; the answer has begun */
  | 'content'
  /** the last event of the stream */
  | 'terminal'
  /** the upstream's own error event */
  | 'error'
  /** not for the client */
  | 'drop';

/** Reads the events of one stream of one protocol; has the state that this takes. */
export interface EventReader {
  /** Reads one whole event, the bytes [start, end), blank line included. */
  read(buffer: Buffer, start: number, end: number): Verdict;
  /**
   * Takes the events from `at` on that can be told to be plain content without reading each; returns the index behind them, `at` where
   * there are none.
   *
   * @param source bytes as they are, one character each ('latin1')
   */
  run?(source: string, at: number): number;
  /** Judges an event too large to keep by how it begins. */
  readOversized(beginning: Buffer): Verdict;
  usage(): Usage | undefined;
  /** Whether the usage is the upstream's last word, the whole output counted. */
  readonly usageIsFinal: boolean;
  readonly error: UpstreamError | undefined;
  /** Events that carried some of the answer: each is at least a token. */
  contentEvents: number;
  /** Whether the answer is whole although the stream ends without its terminal event. */
  readonly isWholeWithoutTerminal: boolean;
  /** Whether a terminal event may turn out not to have been the last. */
  readonly terminalMayRepeat: boolean;
  /** What the protocol's error event repeats of the stream that it ends, for protocols in which it does. */
  repeated?(sent: Buffer): Partial<StreamErrorContext>;
}

/** Longer messages of upstreams are cut. */
const maxMessageCharacters = 2_000;

/** The error in an upstream's words, whichever of the shapes in use it has. */
export function readUpstreamError(error: unknown): UpstreamError {
  const object: JsonObject = asObject(error) ?? {};
  const message = asText(object['message']) ?? asText(error) ?? 'no message';
  const type = asText(object['type']) ?? asText(object['status']) ?? codeOf(object['code']) ?? 'error';
  return { type, message: message.slice(0, maxMessageCharacters) };
}

function codeOf(code: unknown): string | undefined {
  return typeof code === 'number' ? String(code) : asText(code);
}
