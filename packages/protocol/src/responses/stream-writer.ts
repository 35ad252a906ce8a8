/** Events of one stream as text, numbered from 0 without gaps. */
export class StreamWriter {
  #text = '';
  #next = 0;

  /** @param fields the event's fields behind `sequence_number`, as JSON without braces */
  event(type: string, fields: string): void {
    this.#text += `event: ${type}\ndata: {"type":"${type}","sequence_number":${this.#next++},${fields}}\n\n`;
  }

  /** The number of the event that comes next. */
  get next(): number {
    return this.#next;
  }

  /** Goes on behind the last event that was sent: some that were written may not have been. */
  goOnAt(next: number): void {
    this.#next = next;
  }

  /** What was written since the last time. */
  take(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }
}
