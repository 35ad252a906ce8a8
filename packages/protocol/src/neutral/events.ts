import type { Protocol, Usage } from '@ai-bridge/domain';
import type { UpstreamError } from '../stream/reader.ts';
import type { Citation } from './parts.ts';
import type { Signature } from './signature.ts';

/** A block of an answer as it begins. Its text comes in deltas. */
export type Block =
  /** phase: as in TextPart. */
  | { readonly kind: 'text'; readonly phase?: string | undefined }
  | { readonly kind: 'refusal' }
  /** isRedacted: nothing readable will come, only a signature. */
  | { readonly kind: 'thinking'; readonly isRedacted?: boolean | undefined }
  | {
      readonly kind: 'tool_call';
      readonly id: string;
      readonly name: string;
      readonly form: 'json' | 'text';
      readonly namespace?: string | undefined;
      readonly signature?: Signature | undefined;
    }
  /** A block that only its own protocol knows, whole. */
  | { readonly kind: 'opaque'; readonly protocol: Protocol; readonly name: string; readonly value: unknown };

export type StopReason =
  | 'end'
  | 'stop_sequence'
  | 'tool_call'
  | 'length'
  | 'context_full'
  | 'refusal'
  | 'filter'
  | 'paused'
  | 'malformed_call';

/**
 * What happens in an answer, in no vendor's words. Blocks have indexes 0, 1, 2 ... in the order in which they open and never overlap: a
 * decoder whose upstream interleaves them puts them in order. Every block that opens is closed, at the latest before `stop`. One `stop` and one `end`
 * finish a whole answer; nothing follows an `error`.
 */
export type NeutralEvent =
  | {
      readonly type: 'start';
      readonly id: string | undefined;
      /** The upstream's own id of the model. */
      readonly model: string | undefined;
    }
  | { readonly type: 'open'; readonly index: number; readonly block: Block }
  /** More of the open block: text, thinking, the refusal, or the text of a tool's input. Never empty. */
  | { readonly type: 'delta'; readonly index: number; readonly text: string }
  | { readonly type: 'citation'; readonly index: number; readonly citation: Citation }
  /** Of the open thinking block; once, whole, before it closes. */
  | { readonly type: 'signature'; readonly index: number; readonly signature: Signature }
  | { readonly type: 'close'; readonly index: number }
  /** What is known of the usage by now: takes the place of what was told before. */
  | { readonly type: 'usage'; readonly usage: Usage }
  | { readonly type: 'ping' }
  | {
      readonly type: 'stop';
      readonly reason: StopReason;
      readonly stopSequence?: string | undefined;
      /** Why it refused, in words. */
      readonly explanation?: string | undefined;
    }
  | { readonly type: 'error'; readonly error: UpstreamError }
  | { readonly type: 'end' };
