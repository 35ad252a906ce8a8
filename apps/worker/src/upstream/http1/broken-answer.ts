/** What an upstream sends is not HTTP/1.1, or not to its end: nothing more that comes on this connection can be trusted. */
export class BrokenAnswerError extends Error {
  override readonly name = 'BrokenAnswerError';
  readonly code: 'ANSWER_BROKEN' | 'ANSWER_CUT';

  /** @param message for staff: what is wrong, never what was sent */
  constructor(message: string, code: 'ANSWER_BROKEN' | 'ANSWER_CUT' = 'ANSWER_BROKEN') {
    super(message);
    this.code = code;
  }
}
