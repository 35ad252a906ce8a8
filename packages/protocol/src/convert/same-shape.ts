import { byte } from '../json/bytes.ts';
import { type JsonObject, parseObjectText } from '../json/parse.ts';
import { contentEnd, parseEvent } from '../stream/events.ts';

/** What a decoder tells of the events that only go on with a text. */
export interface TextEvents {
  soleText(data: JsonObject): string | undefined;
  readonly unread: ReadonlySet<string>;
}

/** A place in an event where the next one may differ. */
interface Cut {
  readonly hole: Hole;
  readonly start: number;
  readonly end: number;
}

type Hole = 'text' | 'unread text' | 'unread number';

/** The engine copies shorter pieces of a string; a longer one would keep all of the string in memory. */
const copiedCharacters = 12;
const firstNotAscii = 0x80;
/** Larger events are not learned from: that would cost more than it saves. */
const maxLearnedBytes = 4_096;
/** As many strings of an event that say the same as its text are looked at. */
const maxLikeStrings = 4;
/** A stream whose events never are like the one before is no longer learned from. */
const maxVainLessons = 8;

/**
 * How the last event that only went on with a text looked, around that text and around what is not read. An event of the same shape means
 * the same with another text, so it need not be parsed. Holds no more than one small event.
 */
export class SameShape {
  /** Of the event that matched last: its text, that as JSON, and the index behind it. */
  text = '';
  json = '';
  end = 0;
  readonly #events: TextEvents;
  /** What stands before, between and behind the holes; empty where no shape is known. */
  #literals: string[] = [];
  #holes: Hole[] = [];
  #vainLessons = 0;

  constructor(events: TextEvents) {
    this.#events = events;
  }

  /**
   * Whether an event of this shape stands there, with a text that is not empty.
   *
   * @param source bytes as they are, one character each ('latin1'): strings compare and cut faster than buffers
   */
  matches(source: string, start: number): boolean {
    const literals = this.#literals;
    let at = start;
    for (let index = 0; index < literals.length; index++) {
      const literal = literals[index] as string;
      const literalEnd = at + literal.length;
      // Comparing a piece takes a third of the time that `startsWith` does.
      if (source.slice(at, literalEnd) !== literal) return false;
      at = literalEnd;
      const hole = this.#holes[index];
      if (hole === undefined) {
        this.end = at;
        this.#vainLessons = 0;
        return true;
      }
      at =
        hole === 'text'
          ? this.#textEnd(source, at)
          : hole === 'unread text'
            ? plainEnd(source, at)
            : numberEnd(source, at);
      if (at === -1) return false;
    }
    return false;
  }

  /** Lets go of what matched last: it is cut out of the source, and would keep that in memory. */
  release(): void {
    this.text = '';
    this.json = '';
  }

  /** Another event came in between. */
  forget(): void {
    this.#literals = [];
    this.#holes = [];
  }

  /**
   * Learns from an event that was decoded and made one delta.
   *
   * @param bytes the whole of it, blank line included
   * @param text the delta's
   */
  learn(bytes: Buffer, text: string): void {
    this.forget();
    if (this.#vainLessons === maxVainLessons || bytes.length > maxLearnedBytes) return;
    this.#vainLessons++;
    const event = bytes.toString('latin1');
    const dataStart = event.lastIndexOf('\n', contentEnd(bytes, 0, bytes.length) - 1) + 1;
    if (!event.startsWith('data:', dataStart)) return;
    const cuts = this.#cuts(event, dataStart, text);
    if (!cuts.some(({ hole }) => hole === 'text')) return;
    let literalStart = 0;
    for (const { hole, start, end } of cuts) {
      this.#literals.push(event.slice(literalStart, start));
      this.#holes.push(hole);
      literalStart = end;
    }
    this.#literals.push(event.slice(literalStart));
  }

  /** Where in the event's data its text is, and what is not read. */
  #cuts(event: string, dataStart: number, text: string): Cut[] {
    const cuts: Cut[] = [];
    let textHole: Cut | undefined;
    let likeStrings = 0;
    for (let open = event.indexOf('"', dataStart); open !== -1; ) {
      const close = stringEnd(event, open + 1);
      if (close === -1) break;
      const isName = event.charCodeAt(close + 1) === byte.colon;
      let next: Cut | undefined;
      if (isName && this.#events.unread.has(event.slice(open + 1, close))) next = unreadAt(event, close + 2);
      else if (!isName && !textHole && likeStrings < maxLikeStrings && isLike(event, open, close, text)) {
        likeStrings++;
        if (this.#isText(event, close, text)) textHole = { hole: 'text', start: open + 1, end: close };
        next = textHole;
      }
      if (next) cuts.push(next);
      open = event.indexOf('"', next && next.hole === 'unread number' ? next.end : (next?.end ?? close) + 1);
    }
    return cuts;
  }

  /** Whether the event's text is the string that ends there: then one letter more in it is one letter more of that. */
  #isText(event: string, close: number, text: string): boolean {
    const longer = Buffer.from(`${event.slice(0, close)}x${event.slice(close)}`, 'latin1');
    const data = parseObjectText(parseEvent(longer, 0, longer.length).data ?? '');
    return data !== undefined && this.#events.soleText(data) === `${text}x`;
  }

  /** Takes the text that begins there; returns the index of the quote behind it, or -1 where it is empty or no text. */
  #textEnd(source: string, start: number): number {
    let end = source.indexOf('"', start);
    if (end <= start) return -1;
    if (end - start <= copiedCharacters && plainEnd(source, start) === end) {
      this.text = source.slice(start, end);
      this.json = source.slice(start - 1, end + 1);
      return end;
    }
    if (source.charCodeAt(end - 1) === byte.backslash) end = stringEnd(source, start);
    const json = utf8Of(source.slice(start - 1, end + 1));
    const text = end === -1 ? undefined : textOf(json);
    if (text === undefined) return -1;
    this.text = text;
    // Without an escape, it is already as it would be written.
    this.json = text.length === json.length - 2 ? json : JSON.stringify(text);
    return end;
  }
}

/** Whether the string between these quotes says this text. */
function isLike(event: string, open: number, close: number, text: string): boolean {
  return textOf(utf8Of(event.slice(open, close + 1))) === text;
}

/** The value of a member that is not read, where it is a text without escapes or a whole number. */
function unreadAt(event: string, behindColon: number): Cut | undefined {
  const value = event.charCodeAt(behindColon) === byte.space ? behindColon + 1 : behindColon;
  const isString = event.charCodeAt(value) === byte.quote;
  const start = isString ? value + 1 : value;
  const end = isString ? plainEnd(event, start) : numberEnd(event, start);
  return end === -1 ? undefined : { hole: isString ? 'unread text' : 'unread number', start, end };
}

/** The index of the quote that ends the JSON string that begins there, or -1 where it cannot be one. */
function stringEnd(text: string, start: number): number {
  for (let at = start; ; at++) {
    const code = text.charCodeAt(at);
    if (code === byte.quote) return at;
    if (code === byte.backslash) at++;
    // Line ends and the like, and what lies behind the end of the text.
    else if (!(code >= byte.space)) return -1;
  }
}

/** As `stringEnd`, of a string that is ASCII without escapes. */
function plainEnd(text: string, start: number): number {
  for (let at = start; ; at++) {
    const code = text.charCodeAt(at);
    if (code === byte.quote) return at;
    if (code === byte.backslash || !(code >= byte.space && code < firstNotAscii)) return -1;
  }
}

/** The index behind the whole number that begins there, or -1 where none does. */
function numberEnd(text: string, start: number): number {
  let at = start;
  for (let code = text.charCodeAt(at); code >= byte.zero && code <= byte.nine; code = text.charCodeAt(at)) at++;
  const isNumber = at > start && (at === start + 1 || text.charCodeAt(start) !== byte.zero);
  return isNumber ? at : -1;
}

/** The text that bytes are which stand for themselves. */
function utf8Of(bytes: string): string {
  return isAscii(bytes) ? bytes : Buffer.from(bytes, 'latin1').toString();
}

function isAscii(bytes: string): boolean {
  for (let at = 0; at < bytes.length; at++) if (bytes.charCodeAt(at) >= firstNotAscii) return false;
  return true;
}

/** The text that a JSON string says. */
function textOf(json: string): string | undefined {
  try {
    const text: unknown = JSON.parse(json);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}
