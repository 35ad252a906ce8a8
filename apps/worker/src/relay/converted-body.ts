import type { Usage } from '@ai-bridge/domain';
import { type Conversion, convertBody, readBodyUsage } from '@ai-bridge/protocol';
import type { AnswerBody, BodyEnd } from './answer-body.ts';
import { whyNoAnswer } from './no-answer.ts';

/** A larger answer is not put into other words: no model says as much. */
const maxBodyBytes = 32 * 1024 * 1024;

/** An answer in one piece that goes to the client in another protocol's words. */
export class ConvertedBody implements AnswerBody {
  readonly hasBegun = false;
  readonly #conversion: Conversion;
  #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(conversion: Conversion) {
    this.#conversion = conversion;
  }

  get error() {
    return this.#bytes > maxBodyBytes ? { type: 'answer_too_large', message: 'the answer is too large' } : undefined;
  }

  push(chunk: Buffer): undefined {
    this.#bytes += chunk.length;
    if (this.#bytes <= maxBodyBytes) this.#chunks.push(chunk);
    else this.#chunks = [];
  }

  openEarly(): undefined {}

  deliveredOutputTokens(): number {
    return 0;
  }

  reported(): Usage | undefined {
    return undefined;
  }

  end(isProper: boolean): BodyEnd {
    const body = Buffer.concat(this.#chunks);
    this.#chunks = [];
    const { protocol } = this.#conversion.from;
    const reported = readBodyUsage(protocol, body);
    const why = whyNoAnswer(protocol, body);
    const held = why === undefined && isProper ? convertBody(this.#conversion, body) : undefined;
    const noAnswer = held !== undefined ? undefined : (why ?? 'the answer cannot be understood');
    return { isWhole: true, reported, isFinal: reported !== undefined, noAnswer, rest: [], held: held ?? body };
  }
}
