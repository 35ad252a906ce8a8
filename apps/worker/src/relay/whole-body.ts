import type { Protocol, Usage } from '@ai-bridge/domain';
import { readBodyUsage } from '@ai-bridge/protocol';
import type { AnswerBody, BodyEnd } from './answer-body.ts';
import { whyNoAnswer } from './no-answer.ts';

/** A JSON answer up to this size is held whole until its outcome is durable; a larger one streams with its last chunk held. */
const maxHeldBytes = 4 * 1024 * 1024;

/** An answer that is one piece: JSON with usage in it, or bytes that are only passed on. */
export class WholeBody implements AnswerBody {
  hasBegun = false;
  readonly error = undefined;
  readonly #protocol: Protocol;
  readonly #isJson: boolean;
  readonly #mustBeAnswer: boolean;
  #chunks: Buffer[] = [];
  #bytes = 0;

  /**
   * @param isJson its content type says so
   * @param mustBeAnswer an error or nothing at all, sent with status 200, is no answer
   */
  constructor(protocol: Protocol, isJson: boolean, mustBeAnswer: boolean) {
    this.#protocol = protocol;
    this.#isJson = isJson;
    this.#mustBeAnswer = mustBeAnswer;
  }

  push(chunk: Buffer): Buffer | undefined {
    if (!this.hasBegun) {
      this.#chunks.push(chunk);
      this.#bytes += chunk.length;
      if (this.#isJson && this.#bytes <= maxHeldBytes) return undefined;
      this.hasBegun = true;
      const last = this.#chunks.pop() as Buffer;
      const before = Buffer.concat(this.#chunks);
      this.#chunks = [last];
      return before;
    }
    const before = this.#chunks[0];
    this.#chunks = [chunk];
    return before;
  }

  openEarly(): undefined {
    return undefined;
  }

  deliveredOutputTokens(): number {
    return 0;
  }

  reported(): Usage | undefined {
    return undefined;
  }

  end(): BodyEnd {
    const held = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks);
    const reported =
      this.#isJson && !this.hasBegun && held.length > 0 ? readBodyUsage(this.#protocol, held) : undefined;
    const noAnswer = this.#mustBeAnswer && !this.hasBegun ? whyNoAnswer(this.#protocol, held) : undefined;
    this.#chunks = [];
    return { isWhole: true, reported, isFinal: reported !== undefined, noAnswer, rest: [], held };
  }
}
