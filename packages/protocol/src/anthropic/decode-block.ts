import { asObject, asText, type JsonObject, parseObjectText } from '../json/parse.ts';
import type { Block, NeutralEvent } from '../neutral/events.ts';
import type { Origin } from '../neutral/signature.ts';
import { readCitation } from './citations.ts';

type Events = readonly NeutralEvent[];
const nothing: Events = [];

/** One block of an answer as it comes in. */
export interface DecodedBlock {
  begin(): Events;
  /** Whether a delta of this type belongs to it. */
  fits(delta: JsonObject): boolean;
  delta(delta: JsonObject): Events;
  end(): Events;
}

interface BlockContext {
  /** The block's index among the neutral ones. */
  readonly index: number;
  readonly origin: Origin;
  readonly messageId: string;
}

/** A block from its content_block_start; `content` may already hold all of it, as in an answer without a stream. */
export function openBlock(content: JsonObject, { index, origin, messageId }: BlockContext): DecodedBlock {
  switch (content['type']) {
    case 'text':
      return new TextBlock(content, index);
    case 'thinking':
    case 'redacted_thinking':
      return new ThinkingBlock(content, index, origin);
    case 'tool_use':
      return new ToolBlock(content, index, messageId);
    default:
      return new OpaqueBlock(content, index);
  }
}

/** What a block must be that a delta of this type belongs to; undefined for a type that is not known. */
export function blockOfDelta(delta: JsonObject): JsonObject | undefined {
  switch (delta['type']) {
    case 'text_delta':
      return { type: 'text' };
    case 'thinking_delta':
      return { type: 'thinking' };
    default:
      // Without its beginning, a tool's input is of no use; nor is a signature or a citation.
      return undefined;
  }
}

/** The text of a delta, for all types of delta that have one. */
export function textOfDelta(delta: JsonObject | undefined): string | undefined {
  switch (delta?.['type']) {
    case 'text_delta':
      return asText(delta['text']);
    case 'thinking_delta':
      return asText(delta['thinking']);
    case 'input_json_delta':
      return asText(delta['partial_json']);
    default:
      return undefined;
  }
}

function textDelta(index: number, text: string | undefined): Events {
  return text ? [{ type: 'delta', index, text }] : nothing;
}

class TextBlock implements DecodedBlock {
  readonly #content: JsonObject;
  readonly #index: number;

  constructor(content: JsonObject, index: number) {
    this.#content = content;
    this.#index = index;
  }

  begin(): Events {
    const citations = this.#content['citations'];
    return [
      { type: 'open', index: this.#index, block: { kind: 'text' } },
      ...textDelta(this.#index, asText(this.#content['text'])),
      ...(Array.isArray(citations) ? citations.flatMap((citation) => this.#citation(citation)) : []),
    ];
  }

  fits({ type }: JsonObject): boolean {
    return type === 'text_delta' || type === 'citations_delta';
  }

  delta(delta: JsonObject): Events {
    return delta['type'] === 'text_delta'
      ? textDelta(this.#index, asText(delta['text']))
      : this.#citation(delta['citation']);
  }

  #citation(value: unknown): Events {
    const citation = asObject(value);
    return citation ? [{ type: 'citation', index: this.#index, citation: readCitation(citation) }] : nothing;
  }

  end(): Events {
    return [{ type: 'close', index: this.#index }];
  }
}

class ThinkingBlock implements DecodedBlock {
  readonly #content: JsonObject;
  readonly #index: number;
  readonly #origin: Origin;
  readonly #isRedacted: boolean;
  #signature: string | undefined;

  constructor(content: JsonObject, index: number, origin: Origin) {
    this.#content = content;
    this.#index = index;
    this.#origin = origin;
    this.#isRedacted = content['type'] === 'redacted_thinking';
    this.#signature = asText(content[this.#isRedacted ? 'data' : 'signature']);
  }

  begin(): Events {
    const block: Block = this.#isRedacted ? { kind: 'thinking', isRedacted: true } : { kind: 'thinking' };
    const text = this.#isRedacted ? undefined : asText(this.#content['thinking']);
    return [{ type: 'open', index: this.#index, block }, ...textDelta(this.#index, text)];
  }

  fits({ type }: JsonObject): boolean {
    return type === 'thinking_delta' || type === 'signature_delta';
  }

  delta(delta: JsonObject): Events {
    if (delta['type'] === 'thinking_delta') return textDelta(this.#index, asText(delta['thinking']));
    this.#signature = asText(delta['signature']) ?? this.#signature;
    return nothing;
  }

  end(): Events {
    const index = this.#index;
    if (this.#signature === undefined) return [{ type: 'close', index }];
    const signature = { origin: this.#origin, blob: this.#signature };
    return [
      { type: 'signature', index, signature },
      { type: 'close', index },
    ];
  }
}

class ToolBlock implements DecodedBlock {
  readonly #content: JsonObject;
  readonly #index: number;
  readonly #messageId: string;
  #hasInput = false;

  constructor(content: JsonObject, index: number, messageId: string) {
    this.#content = content;
    this.#index = index;
    this.#messageId = messageId;
  }

  /** A call without an id gets one from the message's, which is the only one of its kind. */
  begin(): Events {
    const id = asText(this.#content['id']) ?? `call_${this.#messageId}_${this.#index}`;
    const name = asText(this.#content['name']) ?? '';
    return [{ type: 'open', index: this.#index, block: { kind: 'tool_call', id, name, form: 'json' } }];
  }

  fits({ type }: JsonObject): boolean {
    return type === 'input_json_delta';
  }

  delta(delta: JsonObject): Events {
    const text = asText(delta['partial_json']);
    if (text) this.#hasInput = true;
    return textDelta(this.#index, text);
  }

  /** The beginning has the input whole at some vendors; Anthropic's is `{}` there, whatever comes. */
  end(): Events {
    const input = asObject(this.#content['input']) ?? {};
    const text = this.#hasInput ? undefined : JSON.stringify(input);
    return [...textDelta(this.#index, text), { type: 'close', index: this.#index }];
  }
}

/** Server tools, their results and whatever is new: told whole, once it is whole. */
class OpaqueBlock implements DecodedBlock {
  readonly #content: JsonObject;
  readonly #index: number;
  #input = '';
  #text = '';

  constructor(content: JsonObject, index: number) {
    this.#content = content;
    this.#index = index;
  }

  begin(): Events {
    return nothing;
  }

  fits(): boolean {
    return true;
  }

  delta(delta: JsonObject): Events {
    this.#input += asText(delta['partial_json']) ?? '';
    // compaction_delta
    this.#text += asText(delta['content']) ?? '';
    return nothing;
  }

  end(): Events {
    const index = this.#index;
    const value = {
      ...this.#content,
      ...(this.#input ? { input: parseObjectText(this.#input) ?? {} } : {}),
      ...(this.#text ? { content: this.#text } : {}),
    };
    const name = asText(this.#content['type']) ?? 'unknown';
    return [
      { type: 'open', index, block: { kind: 'opaque', protocol: 'anthropic-messages', name, value } },
      { type: 'close', index },
    ];
  }
}
