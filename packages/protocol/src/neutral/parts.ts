import type { Protocol } from '@ai-bridge/domain';
import type { Signature } from './signature.ts';

/** How long a marked prefix should be kept in the upstream's cache. */
export type CacheMark = '5m' | '1h';

/** Bytes of a picture, a document or a sound, or where they are. */
export type MediaSource =
  | { readonly kind: 'base64'; readonly mediaType: string; readonly data: string }
  | { readonly kind: 'url'; readonly url: string; readonly mediaType?: string | undefined }
  | { readonly kind: 'text'; readonly text: string }
  /** An object that one upstream account holds: it means nothing anywhere else. */
  | {
      readonly kind: 'file';
      readonly protocol: Protocol;
      readonly id: string;
      readonly mediaType?: string | undefined;
    };

interface Marked {
  /** The prompt up to and with this part is worth keeping. */
  readonly cache?: CacheMark | undefined;
}

export interface TextPart extends Marked {
  readonly kind: 'text';
  readonly text: string;
  /** Sources of what the text says, each in the words of the protocol that told it. */
  readonly citations?: readonly Citation[] | undefined;
  /** OpenAI's `phase` of an assistant's text (commentary, final_answer): newer models want it back. */
  readonly phase?: string | undefined;
}

export interface Citation {
  readonly protocol: Protocol;
  readonly title?: string | undefined;
  readonly url?: string | undefined;
  readonly quoted?: string | undefined;
  /** As it was told, for a target of the same protocol. */
  readonly value: unknown;
}

export interface ImagePart extends Marked {
  readonly kind: 'image';
  readonly source: MediaSource;
  readonly detail?: 'low' | 'high' | 'auto' | 'original' | undefined;
}

export interface DocumentPart extends Marked {
  readonly kind: 'document';
  readonly source: MediaSource;
  readonly title?: string | undefined;
  readonly context?: string | undefined;
  /** The answer should cite it. */
  readonly isCited?: boolean | undefined;
}

export interface AudioPart extends Marked {
  readonly kind: 'audio';
  readonly source: MediaSource;
}

export interface VideoPart extends Marked {
  readonly kind: 'video';
  readonly source: MediaSource;
}

/** What the model thought, as far as it is told, with the proof that its upstream wants back unchanged. */
export interface ThinkingPart {
  readonly kind: 'thinking';
  readonly text: string;
  readonly signature?: Signature | undefined;
  /** Nothing of it is readable (redacted_thinking, encrypted reasoning without a summary). */
  readonly isRedacted?: boolean | undefined;
}

export interface ToolCallPart extends Marked {
  readonly kind: 'tool_call';
  readonly id: string;
  readonly name: string;
  /** json: `input` is the text of a JSON value, kept as the bytes it came in. text: free text (OpenAI's custom tools). */
  readonly form: 'json' | 'text';
  readonly input: string;
  /** The group of the tool where its name is made of that and its own (Tool in request.ts). */
  readonly namespace?: string | undefined;
  /** Gemini signs its calls. */
  readonly signature?: Signature | undefined;
}

export interface ToolResultPart extends Marked {
  readonly kind: 'tool_result';
  readonly callId: string;
  /** The tool's name where the protocol tells it (Gemini) or the call is in the same request. */
  readonly name?: string | undefined;
  readonly parts: readonly (TextPart | ImagePart | DocumentPart)[];
  readonly isError: boolean;
}

export interface RefusalPart {
  readonly kind: 'refusal';
  readonly text: string;
}

/** Something only its own protocol knows: kept as it is for a target of that protocol, a loss or a 400 for any other. */
export interface OpaquePart extends Marked {
  readonly kind: 'opaque';
  readonly protocol: Protocol;
  /** What it is called there: server_tool_use, web_search_call ... */
  readonly name: string;
  readonly value: unknown;
}

export type Part =
  | TextPart
  | ImagePart
  | DocumentPart
  | AudioPart
  | VideoPart
  | ThinkingPart
  | ToolCallPart
  | ToolResultPart
  | RefusalPart
  | OpaquePart;
