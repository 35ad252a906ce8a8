import type { ToolId as CommandTool } from '@ai-bridge/tool-setup';
import { baseUrlPlaceholder, keyPlaceholder } from '#features/docs/placeholders.ts';

/** A tool's set-up as its page in the docs says it: what to paste, to enter or to press. Placeholders are still in it. */
export interface ToolGuide {
  readonly id: ToolId;
  /** Of its page in the docs. */
  readonly path: string;
  readonly parts: readonly GuidePart[];
  /** What shows that it works, for tools of the terminal. */
  readonly verify: string | undefined;
  /** The line that sets it all up, where this console hands the command out and the command knows the tool. */
  readonly command?: string | undefined;
}

export type GuidePart =
  | { readonly kind: 'code'; readonly title: string; readonly system: System | undefined; readonly code: string }
  | { readonly kind: 'steps'; readonly steps: readonly string[] }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [name: string, value: string])[] };

/** Undefined elsewhere: the same on every system. */
export type System = 'unix' | 'windows';

export const toolIds = [
  'claude-code',
  'codex',
  'cursor',
  'opencode',
  'cline',
  'gemini-cli',
  'python',
  'node',
  'curl',
] as const;
export type ToolId = (typeof toolIds)[number];

/** Headings of the docs that both languages have, each in its words. */
export const headingNames = ['setUp', 'getReady', 'vscode', 'cli', 'verify'] as const;
export type HeadingTexts = Readonly<Record<(typeof headingNames)[number], string>>;

interface GuideSource {
  readonly path: string;
  /** The headings whose parts are taken: by name, or as they stand in every language. */
  readonly headings: readonly string[];
  /** What the command calls the tool. */
  readonly commandTool?: CommandTool;
}

/** Which part of which page a guide is. */
export const guideSources: Readonly<Record<ToolId, GuideSource>> = {
  'claude-code': { path: 'tools/claude-code', headings: ['setUp'], commandTool: 'claude-code' },
  codex: { path: 'tools/codex', headings: ['setUp'], commandTool: 'codex' },
  cursor: { path: 'tools/cursor', headings: ['setUp'] },
  opencode: { path: 'tools/opencode', headings: ['setUp'], commandTool: 'opencode' },
  cline: { path: 'tools/cline', headings: ['vscode', 'cli'] },
  'gemini-cli': { path: 'tools/gemini-cli', headings: ['setUp'], commandTool: 'gemini' },
  python: { path: 'sdk/python', headings: ['getReady', 'anthropic'] },
  node: { path: 'sdk/node', headings: ['getReady', '@anthropic-ai/sdk'] },
  curl: { path: 'sdk/curl', headings: ['Anthropic Messages'] },
};

const systems: Readonly<Record<string, System>> = { 'macOS / Linux': 'unix', Windows: 'windows' };

/** A guide from its page's Markdown. @param texts the headings' words in the page's language */
export function readGuide(id: ToolId, markdown: string, texts: HeadingTexts): ToolGuide {
  const { path, headings } = guideSources[id];
  const sections = sectionsOf(markdown);
  const named: Readonly<Record<string, string>> = texts;
  const parts = headings.flatMap((heading) => readParts(sections.get(named[heading] ?? heading) ?? []));
  const verifying = readParts(sections.get(texts.verify) ?? []);
  const verify = verifying.find((part) => part.kind === 'code');
  return { id, path: `/docs/${path}`, parts, verify: verify?.kind === 'code' ? verify.code : undefined };
}

/** Everything in one line for a terminal, ending in what shows that it works; undefined where a guide sets no variables. */
export function oneLine({ parts, verify }: ToolGuide): string | undefined {
  if (verify === undefined || verify.includes('\n')) return undefined;
  for (const part of parts) {
    if (part.kind !== 'code' || part.system !== 'unix') continue;
    const lines = part.code.split('\n');
    if (lines.every((line) => line.startsWith('export '))) return [...lines, verify].join(' && ');
  }
  return undefined;
}

/** The line that has the command of this console's set a tool up, nothing of it installed; undefined for tools that it does not know. */
export function commandLine(id: ToolId, consoleUrl: string): string | undefined {
  const { commandTool } = guideSources[id];
  if (commandTool === undefined) return undefined;
  const command = `npx -y -p ${consoleUrl}/ai-bridge.tgz ai-bridge`;
  return `${command} init -s -T ${commandTool} -u ${baseUrlPlaceholder} -k ${keyPlaceholder}`;
}

/** The lines under each heading of the second level. */
function sectionsOf(markdown: string): Map<string, string[]> {
  const sections = new Map<string, string[]>();
  let lines: string[] = [];
  let isCode = false;
  for (const line of markdown.split('\n')) {
    if (line.startsWith('```')) isCode = !isCode;
    const heading = isCode ? undefined : /^## (.*?)(?: \[#[\w-]+\])?$/.exec(line)?.[1];
    if (heading === undefined) {
      lines.push(line);
      continue;
    }
    lines = [];
    sections.set(heading.trim(), lines);
  }
  return sections;
}

function readParts(lines: readonly string[]): GuidePart[] {
  const parts: GuidePart[] = [];
  let system: System | undefined;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const isBegun = (kind: GuidePart['kind']) => parts.at(-1)?.kind === kind;
    if (line.startsWith('```')) {
      const end = lines.indexOf('```', at + 1);
      const code = lines.slice(at + 1, end).join('\n');
      const named = /tab="([^"]*)"/.exec(line)?.[1];
      const title = /title="([^"]*)"/.exec(line)?.[1] ?? '';
      parts.push({ kind: 'code', title, system: named === undefined ? system : systems[named], code });
      system = undefined;
      at = end;
    } else if (/^\d+\. /.test(line)) {
      const step = line.replace(/^\d+\. /, '');
      if (isBegun('steps')) parts.push({ kind: 'steps', steps: [...stepsOf(parts.pop()), step] });
      else parts.push({ kind: 'steps', steps: [step] });
    } else if (line.startsWith('|')) {
      const [name = '', value = ''] = line.split('|').slice(1, -1).map(plainCell);
      if (isBegun('facts')) parts.push({ kind: 'facts', rows: [...rowsOf(parts.pop()), [name, value]] });
      else parts.push({ kind: 'facts', rows: [[name, value]] });
    } else if (line.trim() !== '') system = systems[/^\*\*(.+)\*\*$/.exec(line.trim())?.[1] ?? ''];
  }
  // Of a table the first two lines are its head.
  return parts.map((part) => (part.kind === 'facts' ? { kind: 'facts', rows: part.rows.slice(2) } : part));
}

const stepsOf = (part: GuidePart | undefined) => (part?.kind === 'steps' ? part.steps : []);
const rowsOf = (part: GuidePart | undefined) => (part?.kind === 'facts' ? part.rows : []);
const plainCell = (cell: string) => cell.trim().replace(/^`(.*)`$/, '$1');
