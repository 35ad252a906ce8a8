import type { DocumentPart, Part } from '../neutral/parts.ts';
import type { NeutralRequest, Tool } from '../neutral/request.ts';
import type { Family } from './family.ts';
import { imageTokens } from './image-tokens.ts';
import { jsonText, sealedTokens } from './json-text.ts';
import { documentTokens, recordingTokens } from './media-tokens.ts';

/** Tokens around a call of a tool or its result: kind, id and name are written out. */
const perToolCall = 12;

/** What of a request goes into the prompt: texts to be counted, and tokens that are known without. */
export interface Prompt {
  readonly texts: readonly string[];
  readonly tokens: number;
}

export function promptOf(request: NeutralRequest, family: Family, model: string): Prompt {
  const prompt = new PromptBuilder(family, model);
  prompt.tokens += family.perRequest + request.turns.length * family.perTurn;
  for (const part of request.system) prompt.addText(part.text);
  for (const turn of request.turns) for (const part of turn.parts) prompt.addPart(part);
  if (request.tools.length > 0) prompt.tokens += family.toolPreamble;
  for (const tool of request.tools) prompt.addTool(tool);
  if (request.format?.kind === 'schema') prompt.addJson(request.format.schema);
  return prompt;
}

class PromptBuilder implements Prompt {
  readonly texts: string[] = [];
  tokens = 0;
  readonly #family: Family;
  readonly #model: string;

  constructor(family: Family, model: string) {
    this.#family = family;
    this.#model = model;
  }

  addText(text: string | undefined): void {
    if (text) this.texts.push(text);
  }

  addJson(value: unknown): void {
    const { text, tokens } = jsonText(value);
    this.addText(text);
    this.tokens += tokens;
  }

  addTool(tool: Tool): void {
    this.tokens += this.#family.perTool;
    if (tool.kind === 'function') {
      this.addJson({ name: tool.name, description: tool.description, parameters: tool.schema });
    } else if (tool.kind === 'freeform') {
      this.addJson({ name: tool.name, description: tool.description, format: tool.format });
    } else {
      this.addJson(tool.value);
    }
  }

  addPart(part: Part): void {
    switch (part.kind) {
      case 'text':
      case 'refusal':
        return this.addText(part.text);
      case 'thinking':
        this.addText(part.text);
        if (part.text === '' && part.signature) this.tokens += sealedTokens(part.signature.blob);
        return;
      case 'image':
        this.tokens += imageTokens(part, this.#family, this.#model);
        return;
      case 'document':
        return this.#addDocument(part);
      case 'audio':
      case 'video':
        this.tokens += recordingTokens(part, this.#family);
        return;
      case 'tool_call':
        this.tokens += perToolCall;
        this.addText(part.name);
        return this.addText(part.input);
      case 'tool_result':
        this.tokens += perToolCall;
        for (const inner of part.parts) this.addPart(inner);
        return;
      case 'opaque':
        return this.addJson(part.value);
    }
  }

  #addDocument(document: DocumentPart): void {
    this.addText(document.title);
    this.addText(document.context);
    if (document.source.kind === 'text') this.addText(document.source.text);
    else this.tokens += documentTokens(document, this.#family);
  }
}
