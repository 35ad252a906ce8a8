import type { DocumentPart, ImagePart, TextPart, ToolResultPart } from '../neutral/parts.ts';
import type { NeutralRequest } from '../neutral/request.ts';
import { bad } from './read.ts';

/** A result of a tool with its place in the request. */
export interface PlacedResult {
  readonly part: ToolResultPart;
  readonly path: string;
}

/** The results of all tools, waiting for the calls that they answer. */
export class Results {
  readonly #byCall = new Map<string, PlacedResult[]>();

  constructor({ turns }: NeutralRequest) {
    for (const [turn, { parts }] of turns.entries()) {
      for (const [index, part] of parts.entries()) {
        if (part.kind === 'tool_result') this.#add({ part, path: `messages.${turn}.content.${index}` });
      }
    }
  }

  /** The result of the next call with this id; undefined where it has none. */
  take(callId: string): PlacedResult | undefined {
    return this.#byCall.get(callId)?.shift();
  }

  /** @throws RelayError invalid_request with the path of a result that no call waits for */
  checkAllTaken(): void {
    for (const [orphan] of this.#byCall.values()) {
      if (orphan) throw bad(orphan.path, 'is the result of a tool call that is not in the conversation');
    }
  }

  #add(result: PlacedResult): void {
    const waiting = this.#byCall.get(result.part.callId);
    if (waiting) waiting.push(result);
    else this.#byCall.set(result.part.callId, [result]);
  }
}

/** What a `tool` message cannot hold and a user message behind it has to. */
export interface SplitResult {
  readonly texts: readonly TextPart[];
  readonly media: readonly (ImagePart | DocumentPart)[];
}

export function splitResult({ parts }: ToolResultPart): SplitResult {
  const texts: TextPart[] = [];
  const media: (ImagePart | DocumentPart)[] = [];
  for (const part of parts) {
    if (part.kind === 'text') texts.push(part);
    else if (part.kind === 'document' && part.source.kind === 'text')
      texts.push(textOfDocument(part, part.source.text));
    else media.push(part);
  }
  return { texts, media };
}

function textOfDocument({ title, cache }: DocumentPart, text: string): TextPart {
  return { kind: 'text', text: title ? `# ${title}\n\n${text}` : text, cache };
}

/** What stands in the `tool` message for the media that follow it. */
export function stubFor(media: number): string {
  return `[${media} attachment${media === 1 ? '' : 's'} of this result: see the next user message]`;
}
