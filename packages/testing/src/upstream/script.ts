/** How the fake upstream answers one request. Written into a prompt or a model name as `SIM:{...json...}`. */
export interface Script {
  /** Content events of the answer; each is one output token unless `usage` says otherwise. */
  readonly chunks: number;
  /** Text bytes of each content event. */
  readonly textBytes: number;
  /** Thinking (reasoning) events before the text. */
  readonly thinking: number;
  readonly gapMs: number;
  /** Wait before the response head. */
  readonly firstByteMs: number;
  readonly inputTokens: number;
  /** Reported counts by neutral kind; values go out as they are, so that odd ones can be sent. "none": never reported. */
  readonly usage?: UsageScript | 'none';
  /** An error status instead of an answer. */
  readonly status?: number;
  readonly message?: string;
  readonly retryAfter?: string | number;
  /** Goes silent after this many content events; 0: before anything of the answer; -1: right after the head. */
  readonly stallAfter?: number;
  /** Breaks the connection after this many content events; 0: before anything of the answer; as many as `chunks`: before the terminal event. */
  readonly cutAfter?: number;
  /** Before it goes silent or breaks off, half of the next event is sent. */
  readonly halvesLast?: boolean;
  /** Sends the protocol's own error event after this many content events (0: before anything of the answer) and ends. */
  readonly errorEventAfter?: number;
  /** The first of these that a request meets is its answer. */
  readonly refusals?: readonly Refusal[];
  /** Waits for `release(name)` after `holdAfter` content events (0: before the response head). */
  readonly hold?: string;
  readonly holdAfter: number;
  readonly crlf: boolean;
  /** Cuts the stream's bytes into TCP writes of this size. */
  readonly chunkBytes?: number;
  /** Stands in the answer's text, so that a client can prove whose answer it got. */
  readonly echoNonce?: string;
  /** Sends this text as the whole response body. */
  readonly rawBody?: string;
  readonly rawType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** false: never calls a tool. */
  readonly tool: boolean;
  /** The tool to call, and the arguments of the call. */
  readonly toolName?: string;
  readonly toolArguments?: unknown;
  /** The file that a file reading tool is asked for. */
  readonly toolPath?: string;
}

/** A 400 for what a vendor does not take. */
export interface Refusal {
  /** Stands in the body, or in a header's value; without it, `lacks` has to be given. */
  readonly holds?: string;
  /** Stands in neither. */
  readonly lacks?: string;
  /** The whole body of the answer. */
  readonly body: string;
}

export interface UsageScript {
  readonly input?: unknown;
  readonly cacheRead?: unknown;
  readonly cacheWrite5m?: unknown;
  readonly cacheWrite1h?: unknown;
  readonly output?: unknown;
  readonly reasoning?: unknown;
  /** Billed searches; Gemini names a query for each. */
  readonly webSearches?: number;
  /** The tier that it answered at, in the protocol's own words; the same for Anthropic's speed and place. */
  readonly tier?: string;
  readonly speed?: string;
  readonly geo?: string;
}

export const defaultScript: Script = {
  chunks: 5,
  textBytes: 8,
  thinking: 0,
  gapMs: 0,
  firstByteMs: 0,
  inputTokens: 10,
  holdAfter: 1,
  crlf: false,
  tool: true,
};

const marker = 'SIM:{';
/** Prompts nest a few levels; a deeper text is nobody's script. */
const maxDepth = 64;

/** The text that makes the fake upstream behave like this. */
export function sim(script: Partial<Script>): string {
  return `SIM:${JSON.stringify(script)}`;
}

/** The last script found in any string of a request body, over `base`. */
export function scriptOf(body: unknown, base: Partial<Script> = {}): Script {
  let found: Partial<Script> = {};
  visitStrings(body, 0, (text) => {
    const at = text.lastIndexOf(marker);
    if (at >= 0) found = readScript(text.slice(at + marker.length - 1));
  });
  return { ...defaultScript, ...base, ...found };
}

/** Calls back for every string inside a JSON value, in order. */
export function visitStrings(value: unknown, depth: number, visit: (text: string) => void): void {
  if (typeof value === 'string') visit(value);
  else if (typeof value === 'object' && value !== null && depth < maxDepth) {
    for (const inner of Object.values(value)) visitStrings(inner, depth + 1, visit);
  }
}

/** Reads the JSON object that a text begins with; whatever stands behind it is left alone. */
function readScript(text: string): Partial<Script> {
  for (let end = text.indexOf('}'); end >= 0; end = text.indexOf('}', end + 1)) {
    try {
      return JSON.parse(text.slice(0, end + 1)) as Partial<Script>;
    } catch {
      // The object has an inner brace: try the next one.
    }
  }
  throw new Error(`the script is not JSON: ${text.slice(0, 200)}`);
}
