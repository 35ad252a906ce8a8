import type { Loss } from '@ai-bridge/domain';
import type { Target } from '../neutral/codec.ts';
import type { ToolCallPart } from '../neutral/parts.ts';
import type { NeutralRequest } from '../neutral/request.ts';
import { shortToolName } from '../neutral/tool-names.ts';
import { type ModelRules, modelRules } from './model-rules.ts';
import { type WireName, wireName } from './namespaces.ts';

/** What rendering one request knows, and what it could not carry. */
export class Rendering {
  readonly request: NeutralRequest;
  readonly target: Target;
  readonly rules: ModelRules;
  /** The client speaks this protocol: what it says is written as it said it. */
  readonly isOwn: boolean;
  /** Fields that only this protocol has, of a client that speaks it. */
  readonly ownFields: Readonly<Record<string, unknown>>;
  readonly calls: ReadonlyMap<string, ToolCallPart>;
  readonly #losses = new Map<string, { path: string; reason: string; count: number }>();

  constructor(request: NeutralRequest, target: Target) {
    this.request = request;
    this.target = target;
    this.rules = modelRules(target.origin.model);
    this.isOwn = request.extras?.protocol === 'openai-responses';
    this.ownFields = this.isOwn ? (request.extras?.fields ?? {}) : {};
    this.calls = callsOf(request);
  }

  /** How a tool is called upstream: as the client of this protocol calls it, else in characters that are taken here. */
  nameOf(tool: { readonly name: string; readonly namespace?: string | undefined }): WireName {
    return this.isOwn ? wireName(tool, this.request.tools) : { name: shortToolName(tool.name) };
  }

  /** Losses for one reason are told once, with the path of the first. */
  lose(path: string, reason: string): void {
    const known = this.#losses.get(reason);
    if (known) known.count++;
    else this.#losses.set(reason, { path, reason, count: 1 });
  }

  /** Whether a cache mark may be written; else it is lost. */
  takesMark(path: string): boolean {
    if (this.isOwn || this.rules.takesCacheMarks) return true;
    this.loseMark(path);
    return false;
  }

  loseMark(path: string): void {
    this.lose(`${path}.cache_control`, 'no cache mark can stand here');
  }

  losses(): Loss[] {
    return [...this.#losses.values()].map(({ path, reason, count }) => ({
      path,
      reason: count === 1 ? reason : `${reason} (${count} times)`,
    }));
  }
}

function callsOf({ turns }: NeutralRequest): Map<string, ToolCallPart> {
  const calls = new Map<string, ToolCallPart>();
  for (const { parts } of turns) for (const part of parts) if (part.kind === 'tool_call') calls.set(part.id, part);
  return calls;
}
