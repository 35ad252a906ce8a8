import { randomBytes } from 'node:crypto';
import type { Script, UsageScript } from './script.ts';

/** What the fake model says, before a protocol gives it a shape. */
export interface Answer {
  readonly id: string;
  readonly model: string;
  readonly thinking: readonly string[];
  /** Text in content events; empty when a tool is called. */
  readonly text: readonly string[];
  readonly toolCall: ToolCall | undefined;
  /** Undefined: the upstream reports none. */
  readonly usage: UsageScript | undefined;
}

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON text. */
  readonly arguments: string;
}

/** What a protocol reads out of a request: what it offers to call, and what a call has brought. */
export interface Prompt {
  readonly model: string;
  readonly stream: boolean;
  readonly tools: readonly OfferedTool[];
  /** Text of the last tool result in the conversation. */
  readonly toolResult: string | undefined;
}

export interface OfferedTool {
  readonly name: string;
  /** JSON schema of the arguments. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** One write of a stream. A content event counts for `chunks`, pacing and the places where a script interferes. */
export interface Frame {
  readonly text: string;
  readonly isContent: boolean;
  /** Comes before anything of the answer itself. */
  readonly isPreamble?: boolean;
}

/** How one protocol writes answers and errors. */
export interface Dialect {
  readPrompt(body: Record<string, unknown>, path: string): Prompt;
  frames(answer: Answer, body: Record<string, unknown>): Frame[];
  body(answer: Answer): unknown;
  errorBody(status: number, message: string): unknown;
  errorEvent(message: string): string;
}

/** Decides what to say: call a tool that was offered and not used yet, else text (with what the tool brought). */
export function composeAnswer(prompt: Prompt, script: Script): Answer {
  const id = randomBytes(12).toString('hex');
  const toolCall = script.tool && prompt.toolResult === undefined ? chooseTool(prompt.tools, script) : undefined;
  const text = toolCall ? [] : textOf(prompt, script);
  const thinking = Array.from({ length: script.thinking }, (_, index) => `thought ${index} `);
  const output = thinking.length + (toolCall ? 1 + Math.ceil(toolCall.arguments.length / argumentBytes) : text.length);
  const usage =
    script.usage === 'none'
      ? undefined
      : {
          input: script.inputTokens,
          output,
          ...(thinking.length ? { reasoning: thinking.length } : {}),
          ...script.usage,
        };
  return { id, model: prompt.model, thinking, text, toolCall, usage };
}

/** Bytes of a tool call's arguments in each event of a stream: a token's worth. */
const argumentBytes = 12;

/** A call's arguments as a stream cuts them. */
export function argumentPieces(call: ToolCall): string[] {
  return call.arguments.match(/[\s\S]{1,12}/g) ?? [];
}

function textOf(prompt: Prompt, script: Script): string[] {
  if (prompt.toolResult !== undefined) return ['The tool said: ', ...(prompt.toolResult.match(/[\s\S]{1,24}/g) ?? [])];
  return Array.from({ length: script.chunks }, (_, index) => {
    const word = index === 0 && script.echoNonce ? `${script.echoNonce} ` : `w${index} `;
    return word.padEnd(script.textBytes, '.');
  });
}

/** Tools that can read a file, best first, and what they call its path; coding tools name theirs differently. */
const fileTools = ['Read', 'read_file', 'read', 'view', 'exec_command', 'shell', 'shell_command', 'Bash'];
const pathNames = ['file_path', 'filePath', 'filepath', 'path'];

function chooseTool(tools: readonly OfferedTool[], script: Script): ToolCall | undefined {
  const wanted = script.toolName ? [script.toolName] : fileTools;
  const named = wanted.flatMap((name) => tools.filter((tool) => tool.name === name))[0];
  const tool = named ?? (script.toolPath === undefined ? tools[0] : undefined);
  if (!tool) return undefined;
  const args = script.toolArguments ?? argumentsFor(tool, script.toolPath ?? '/etc/hostname');
  return { id: randomBytes(9).toString('hex'), name: tool.name, arguments: JSON.stringify(args) };
}

/** Arguments that make a tool read `path`, by what its schema calls them. */
function argumentsFor(tool: OfferedTool, path: string): Record<string, unknown> {
  const properties = (tool.schema['properties'] ?? {}) as Record<string, { type?: string }>;
  const pathName = pathNames.find((name) => properties[name]);
  if (pathName) return { [pathName]: path };
  if (properties['cmd']) return { cmd: `cat ${path}` };
  if (properties['command']) {
    const isList = properties['command'].type === 'array';
    return { command: isList ? ['cat', path] : `cat ${path}`, description: 'Read the file' };
  }
  return {};
}

/** A text of a JSON value that may be a string or parts that carry a `text`. */
export function flatText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(flatText).join('');
  if (typeof value === 'object' && value !== null) return flatText((value as { text?: unknown }).text ?? '');
  return '';
}

export function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? (value as Record<string, unknown>[]) : [];
}

/** One server-sent event, with a name where the protocol has one. */
export function event(data: unknown, name?: string): string {
  return `${name ? `event: ${name}\n` : ''}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
}
