import type { Protocol } from '@ai-bridge/domain';

/** One server-sent event as it came. */
export interface StreamEvent {
  readonly name: string | undefined;
  readonly data: string;
}

/** Takes text as it arrives and gives the events that are whole; what is left waits for more. */
export function createEventReader(): (text: string) => StreamEvent[] {
  let rest = '';
  return (text) => {
    // A carriage return at the end may be half of a line's end.
    const whole = (rest + text).replaceAll('\r\n', '\n');
    const pieces = whole.split('\n\n');
    rest = pieces.pop() ?? '';
    return pieces.flatMap((piece) => readEvent(piece) ?? []);
  };
}

function readEvent(piece: string): StreamEvent | undefined {
  let name: string | undefined;
  const data: string[] = [];
  for (const line of piece.split('\n')) {
    if (line.startsWith('event:')) name = line.slice(6).trim();
    else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
  }
  return name === undefined && data.length === 0 ? undefined : { name, data: data.join('\n') };
}

/** What an event adds to the answer. */
export interface Said {
  readonly text?: string | undefined;
  readonly thinking?: string | undefined;
  /** The stream says that it failed. */
  readonly error?: string | undefined;
}

/** What an event says to people; nothing where it is one of the many that say nothing. */
export function readSaid(protocol: Protocol, { data }: StreamEvent): Said {
  const told = parse(data);
  if (told === undefined) return {};
  const error = at(told, 'error', 'message') ?? at(told, 'response', 'error', 'message');
  if (typeof error === 'string') return { error };
  return readers[protocol](told);
}

const readers: Readonly<Record<Protocol, (told: unknown) => Said>> = {
  'anthropic-messages': (told) => ({
    text: textAt(told, 'delta', 'text'),
    thinking: textAt(told, 'delta', 'thinking'),
  }),
  'openai-chat': (told) => ({
    text: textAt(told, 'choices', 0, 'delta', 'content'),
    thinking: textAt(told, 'choices', 0, 'delta', 'reasoning_content'),
  }),
  'openai-responses': (told) => ({
    text: at(told, 'type') === 'response.output_text.delta' ? textAt(told, 'delta') : undefined,
    thinking: at(told, 'type') === 'response.reasoning_summary_text.delta' ? textAt(told, 'delta') : undefined,
    error: at(told, 'type') === 'error' ? textAt(told, 'message') : undefined,
  }),
  gemini: (told) => {
    const parts = at(told, 'candidates', 0, 'content', 'parts');
    if (!Array.isArray(parts)) return {};
    const joined = (isThought: boolean) =>
      parts
        .filter((part) => (at(part, 'thought') === true) === isThought)
        .map((part) => textAt(part, 'text') ?? '')
        .join('');
    return { text: joined(false) || undefined, thinking: joined(true) || undefined };
  },
};

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found: unknown = value;
  for (const step of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Readonly<Record<string | number, unknown>>)[step];
  }
  return found;
}

function textAt(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
}
