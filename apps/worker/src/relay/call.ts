import type { Loss, Protocol } from '@ai-bridge/domain';
import type { AnswerBody } from './answer-body.ts';

/** One upstream call of a request on one channel: what goes up, and how what comes down is taken in. */
export interface Call {
  /** What the upstream speaks. */
  readonly protocol: Protocol;
  /** Path in its canonical form, `{model}` where the channel's own model id goes. */
  readonly endpoint: string;
  /** With its question mark, or empty. */
  readonly query: string;
  /** Names and values in turn, without the credential. */
  readonly headers: string[];
  readonly body: Buffer;
  /** Request and answer are put from one protocol into another. */
  readonly isConverted: boolean;
  /** What the upstream's protocol could not carry of the request. */
  readonly losses: readonly Loss[];
  /** The upstream keeps the answer under its id. */
  readonly isKept: boolean;
  /**
   * A way of taking in an answer of this content type; a text says why there is none.
   * @param type lower case
   */
  takeIn(type: string): AnswerBody | string;
  /** The content type of the answer for the client; undefined: the upstream's own. */
  readonly answerType: string | undefined;
}
