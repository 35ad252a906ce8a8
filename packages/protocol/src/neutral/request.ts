import type { Protocol } from '@ai-bridge/domain';
import type { Part, TextPart } from './parts.ts';

/** A request in no vendor's words. Absent means that the client did not say. */
export interface NeutralRequest {
  /** What the client calls the model. */
  readonly model: string;
  readonly stream: boolean;
  /** What the model is told before the conversation begins. */
  readonly system: readonly TextPart[];
  /** The conversation. Neighbours may have the same role. */
  readonly turns: readonly Turn[];
  readonly tools: readonly Tool[];
  readonly toolChoice?: ToolChoice | undefined;
  /** False: one tool call at a time. */
  readonly parallelToolCalls?: boolean | undefined;
  readonly maxOutputTokens?: number | undefined;
  readonly sampling: Sampling;
  readonly reasoning?: Reasoning | undefined;
  readonly format?: OutputFormat | undefined;
  /** How much the answer should say, where the protocol has a word for it. */
  readonly verbosity?: string | undefined;
  /** The client's id of its own user. */
  readonly user?: string | undefined;
  readonly promptCacheKey?: string | undefined;
  readonly serviceTier?: string | undefined;
  /** A whole-request cache mark (Anthropic's top-level cache_control). */
  readonly cache?: '5m' | '1h' | undefined;
  /** Fields that only the client's own protocol knows, by name: written again for a target of that protocol, a loss for any other. */
  readonly extras?: { readonly protocol: Protocol; readonly fields: Readonly<Record<string, unknown>> } | undefined;
}

export interface Turn {
  /** system: an instruction in the middle of the conversation. Results of tools stand in user turns. */
  readonly role: 'user' | 'assistant' | 'system';
  readonly parts: readonly Part[];
}

/** A group that OpenAI tools can stand in; the tool's neutral name is `<group>__<its own name>`. */
export interface ToolNamespace {
  readonly name: string;
  readonly description?: string | undefined;
}

interface Offered {
  readonly namespace?: ToolNamespace | undefined;
  /** As NeutralRequest.extras, of one tool. */
  readonly extras?: { readonly protocol: Protocol; readonly fields: Readonly<Record<string, unknown>> } | undefined;
}

export type Tool =
  | (Offered & {
      readonly kind: 'function';
      readonly name: string;
      readonly description?: string | undefined;
      /** JSON Schema of its input; undefined: it takes none. */
      readonly schema?: Readonly<Record<string, unknown>> | undefined;
      readonly isStrict?: boolean | undefined;
      readonly cache?: '5m' | '1h' | undefined;
    })
  /** Takes free text (OpenAI's custom tools). `format` is its grammar, in OpenAI's words. */
  | (Offered & {
      readonly kind: 'freeform';
      readonly name: string;
      readonly description?: string | undefined;
      readonly format?: unknown;
    })
  /** Web search by the upstream, the one server tool that all but some models have. */
  | {
      readonly kind: 'web_search';
      readonly allowedDomains?: readonly string[] | undefined;
      readonly blockedDomains?: readonly string[] | undefined;
      readonly location?: Readonly<Record<string, string>> | undefined;
      readonly protocol: Protocol;
      readonly value: unknown;
    }
  /** A tool that only its own protocol has. */
  | { readonly kind: 'opaque'; readonly protocol: Protocol; readonly name: string; readonly value: unknown };

export type ToolChoice =
  | { readonly kind: 'auto' | 'any' | 'none' }
  | { readonly kind: 'tool'; readonly name: string }
  /** Only these, of all that are offered. */
  | { readonly kind: 'some'; readonly names: readonly string[]; readonly isForced: boolean };

export interface Sampling {
  readonly temperature?: number | undefined;
  readonly topP?: number | undefined;
  readonly topK?: number | undefined;
  readonly stop?: readonly string[] | undefined;
  readonly presencePenalty?: number | undefined;
  readonly frequencyPenalty?: number | undefined;
  readonly seed?: number | undefined;
  readonly logitBias?: Readonly<Record<string, number>> | undefined;
}

/** From least to most. */
export const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;
export type Effort = (typeof efforts)[number];

export interface Reasoning {
  readonly effort?: Effort | undefined;
  /** Tokens that may go into it, where the client says so in tokens; -1: the model decides. */
  readonly budgetTokens?: number | undefined;
  /** The client wants to see what is thought (a summary of it). */
  readonly isShown?: boolean | undefined;
}

export type OutputFormat =
  | { readonly kind: 'json' }
  | {
      readonly kind: 'schema';
      readonly name?: string | undefined;
      readonly description?: string | undefined;
      readonly schema: Readonly<Record<string, unknown>>;
      readonly isStrict?: boolean | undefined;
    };

/** Reading an effort off a token budget, and the other way round: what peers have settled on. */
const budgetSteps = [
  ['low', 2_048],
  ['medium', 8_192],
  ['high', 24_576],
] as const;

export function effortOfBudget(budgetTokens: number): Effort {
  if (budgetTokens === 0) return 'none';
  if (budgetTokens < 0) return 'medium';
  return budgetSteps.find(([, most]) => budgetTokens <= most)?.[0] ?? 'xhigh';
}

export function budgetOfEffort(effort: Effort): number {
  switch (effort) {
    case 'none':
      return 0;
    case 'minimal':
      return 1_024;
    case 'low':
      return 2_048;
    case 'medium':
      return 8_192;
    case 'high':
      return 24_576;
    default:
      return 32_768;
  }
}
