import type { Target } from '../neutral/codec.ts';
import type { Part, ThinkingPart, ToolCallPart, ToolResultPart } from '../neutral/parts.ts';
import type { NeutralRequest } from '../neutral/request.ts';
import { isAtHome } from '../neutral/signature.ts';
import { bad } from './fields.ts';
import type { Losses } from './losses.ts';
import type { ModelRules } from './model-rules.ts';
import { textField } from './render-media.ts';
import { renderCall, renderPart, renderResult } from './render-part.ts';
import { type Placed, ResultBook, type Run, runsOf, startOfCurrentTurn } from './runs.ts';
import { noSignature } from './signature-slot.ts';

/**
 * `contents` as JSON, each of one role: results stand in one content behind their calls, in the order of the calls, whatever
 * order the client had them in.
 *
 * @throws RelayError invalid_request for calls without a result and results without a call
 */
export function renderContents(
  request: NeutralRequest,
  rules: ModelRules,
  target: Target,
  losses: Losses,
): readonly string[] {
  return new ContentsWriter(request, rules, target, losses).write();
}

class ContentsWriter {
  readonly #runs: readonly Run[];
  readonly #results: ResultBook;
  readonly #currentTurn: number;
  readonly #rules: ModelRules;
  readonly #target: Target;
  readonly #losses: Losses;
  readonly #contents: string[] = [];

  constructor({ turns }: NeutralRequest, rules: ModelRules, target: Target, losses: Losses) {
    this.#runs = runsOf(turns);
    this.#results = new ResultBook(this.#runs);
    this.#currentTurn = startOfCurrentTurn(this.#runs);
    this.#rules = rules;
    this.#target = target;
    this.#losses = losses;
    if (turns.some((turn) => turn.role === 'system')) {
      losses.add('messages', 'instructions in the middle of the conversation are told as the user');
    }
  }

  write(): readonly string[] {
    let answers: readonly string[] = [];
    for (const [index, run] of this.#runs.entries()) {
      if (run.role === 'model') {
        if (index === 0) this.#beginWithUser(run);
        this.#add('model', this.#modelParts(run, index));
        answers = this.#answersOf(run, index);
      } else {
        this.#add('user', [...answers, ...this.#userParts(run)]);
        answers = [];
      }
    }
    this.#add('user', answers);
    return this.#contents;
  }

  /** Gemini wants the user to speak first. */
  #beginWithUser(run: Run): void {
    this.#add('user', [textField('.')]);
    this.#losses.add(
      run.parts[0]?.path ?? 'messages',
      'the user must speak first: an empty message was put before this',
    );
  }

  #add(role: Run['role'], parts: readonly string[]): void {
    if (parts.length > 0)
      this.#contents.push(`{"role":"${role}","parts":[${parts.map((part) => `{${part}}`).join(',')}]}`);
  }

  #userParts(run: Run): readonly string[] {
    return run.parts.flatMap(({ part, path }) => {
      this.#noteMarks(part);
      switch (part.kind) {
        case 'tool_result':
          if (!this.#results.isTaken(part)) throw bad(path, `no call ${part.callId} comes before this result`);
          return [];
        case 'thinking':
        case 'tool_call':
          throw bad(path, `the user cannot say a ${part.kind}`);
        default:
          return renderPart(part, path, this.#rules, this.#losses);
      }
    });
  }

  #modelParts({ parts }: Run, index: number): readonly string[] {
    const written: string[] = [];
    let isFirstCall = true;
    for (const placed of parts) {
      const { part, path } = placed;
      this.#noteMarks(part);
      if (part.kind === 'thinking') this.#writeThinking(part, path, written);
      else if (part.kind === 'tool_call') {
        const mustBeSigned = isFirstCall && this.#rules.wantsSignatures && index >= this.#currentTurn;
        written.push(renderCall(part, path, this.#losses) + this.#callSignature(part, path, mustBeSigned));
        isFirstCall = false;
      } else if (part.kind === 'tool_result') throw bad(path, 'a result cannot stand in an answer');
      else written.push(...renderPart(part, path, this.#rules, this.#losses));
    }
    return written;
  }

  #writeThinking(part: ThinkingPart, path: string, written: string[]): void {
    const blob = this.#blobAtHome(part, path);
    // What is signed elsewhere or sealed elsewhere is of no use here, and its text alone was not this model's.
    if (blob === undefined && (part.signature || part.isRedacted || part.text === '')) return;
    const last = written.at(-1);
    if (
      part.isRedacted &&
      last !== undefined &&
      /^"(text|inlineData|fileData)"/.test(last) &&
      !last.includes(signatureKey)
    ) {
      written[written.length - 1] = `${last}${signatureField(blob)}`;
    } else if (part.isRedacted) written.push(`"text":""${signatureField(blob)}`);
    else written.push(`${textField(part.text)},"thought":true${signatureField(blob)}`);
  }

  #callSignature(call: ToolCallPart, path: string, mustBeSigned: boolean): string {
    const blob = this.#blobAtHome(call, path);
    if (blob !== undefined || !mustBeSigned) return signatureField(blob);
    this.#losses.once(`${path}.signature`, 'a call of another model goes without the thoughts behind it');
    return signatureField(noSignature);
  }

  #blobAtHome({ signature }: ThinkingPart | ToolCallPart, path: string): string | undefined {
    if (!signature) return undefined;
    if (isAtHome(signature, this.#target.origin)) return signature.blob;
    this.#losses.once(`${path}.signature`, 'thoughts of another model cannot be read by this one');
    return undefined;
  }

  /** The results of a step, in the order of its calls, then what of them must stand outside. */
  #answersOf({ parts }: Run, index: number): readonly string[] {
    const responses: string[] = [];
    const outside: string[] = [];
    for (const { part, path } of parts) {
      if (part.kind !== 'tool_call') continue;
      const result: Placed<ToolResultPart> | undefined = this.#results.take(part.id, index);
      if (!result) throw bad(path, `the call ${part.id} has no result in the conversation`);
      const written = renderResult(result.part, part, result.path, this.#rules, this.#losses);
      responses.push(written.response);
      outside.push(...written.outside);
    }
    return [...responses, ...outside];
  }

  #noteMarks(part: Part): void {
    if ('cache' in part && part.cache) this.#losses.once('cache_control', 'the provider caches by itself');
  }
}

const signatureKey = ',"thoughtSignature":';

function signatureField(blob: string | undefined): string {
  return blob === undefined ? '' : signatureKey + JSON.stringify(blob);
}
