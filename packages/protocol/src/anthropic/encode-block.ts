import type { Block, NeutralEvent } from '../neutral/events.ts';
import { wrapFreeform } from '../neutral/freeform.ts';
import type { Citation } from '../neutral/parts.ts';
import type { NeutralRequest } from '../neutral/request.ts';
import { type Signature, sealSignature } from '../neutral/signature.ts';
import { clientToolName } from '../neutral/tool-names.ts';
import { callSeal } from './call-seal.ts';
import { objectText } from './tool-input.ts';

type CallBlock = Extract<Block, { kind: 'tool_call' }>;

/** Fills the slot of a signature where there is none, since clients may refuse to send an empty one back. Read as no signature. */
const noSignature = sealSignature({
  origin: { protocol: 'openai-chat', channelId: undefined, model: undefined },
  blob: '',
});

/**
 * What a client's slot for a signature holds. Anthropic's own go in as they are, so that the conversation may pass through unchanged later;
 * others are sealed.
 */
export function slotText(signature: Signature | undefined): string {
  if (!signature) return noSignature;
  return signature.origin.protocol === 'anthropic-messages' ? signature.blob : sealSignature(signature);
}

/**
 * The input of a call as the text of a JSON object, whatever the model made of it: SDKs break off a stream whose input is no JSON, and a
 * tool that misses its arguments tells the model so.
 */
export function callInput(form: 'json' | 'text', input: string): string {
  return form === 'text' ? wrapFreeform(input) : (objectText(input) ?? '{}');
}

/** Blocks that only another protocol knows have no place in a message. */
export function isTold(block: Block): boolean {
  return block.kind !== 'opaque' || block.protocol === 'anthropic-messages';
}

/** A citation as this protocol has it; undefined where it is another's, as the location it needs cannot be made up. */
export function citationJson({ protocol, value }: Citation): string | undefined {
  return protocol === 'anthropic-messages' ? JSON.stringify(value) : undefined;
}

/** Gathers the blocks of an answer without a stream. */
export class AnswerBlocks {
  #block: Block | undefined;
  #text = '';
  #citations: string[] = [];
  #signature: Signature | undefined;
  readonly #request: NeutralRequest;

  constructor(request: NeutralRequest) {
    this.#request = request;
  }

  /** @returns the blocks that this event completes, as JSON text */
  take(event: NeutralEvent): readonly string[] {
    switch (event.type) {
      case 'open':
        this.#block = event.block;
        this.#text = '';
        this.#citations = [];
        this.#signature = undefined;
        return [];
      case 'delta':
        this.#text += event.text;
        return [];
      case 'citation':
        this.#citations.push(...[citationJson(event.citation)].filter((json) => json !== undefined));
        return [];
      case 'signature':
        this.#signature = event.signature;
        return [];
      case 'close':
        return this.#whole();
      default:
        return [];
    }
  }

  #whole(): readonly string[] {
    const block = this.#block;
    const text = JSON.stringify(this.#text);
    switch (block?.kind) {
      case 'text':
      case 'refusal': {
        if (this.#text === '') return [];
        const citations = this.#citations.length > 0 ? `[${this.#citations.join(',')}]` : 'null';
        return [`{"type":"text","text":${text},"citations":${citations}}`];
      }
      case 'thinking': {
        const slot = JSON.stringify(slotText(this.#signature));
        if (!block.isRedacted) return [`{"type":"thinking","thinking":${text},"signature":${slot}}`];
        return this.#signature ? [`{"type":"redacted_thinking","data":${slot}}`] : [];
      }
      case 'tool_call':
        return [...callSeals(block), `${toolUseStart(block, this.#request)}${callInput(block.form, this.#text)}}`];
      case 'opaque':
        return isTold(block) ? [JSON.stringify(block.value)] : [];
      case undefined:
        return [];
    }
  }
}

/** A tool_use block up to its input. The upstream may know the tool by a shorter name than the client. */
export function toolUseStart({ id, name }: CallBlock, request: NeutralRequest): string {
  const ownName = JSON.stringify(clientToolName(request, name));
  return `{"type":"tool_use","id":${JSON.stringify(id)},"name":${ownName},"input":`;
}

/** The block that stands before a signed call; none where it is not signed. */
export function callSeals({ signature }: CallBlock): readonly string[] {
  return signature ? [callSeal(signature)] : [];
}
