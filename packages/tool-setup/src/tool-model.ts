import type { Connection, ModelSizes } from './connection.ts';

/** A model as a tool's list of models names it. */
export interface ToolModel {
  readonly id: string;
  readonly label: string;
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
}

const labels: Readonly<Record<string, string>> = {
  'claude-sonnet-4-6': 'Claude Sonnet 4.6',
  'claude-haiku-4-5': 'Claude Haiku 4.5',
  'gpt-4o': 'GPT-4o',
};
const claudeContextTokens = 200_000;
const otherContextTokens = 128_000;
/** More than this a coding tool rarely lets a model say at once. */
const usualOutputTokens = 32_000;

/** What this site's pages, and the command without `-M`, set tools to. */
export const defaultModels = {
  claude: 'claude-sonnet-4-6',
  claudeFast: 'claude-haiku-4-5',
  codex: 'gpt-5.4',
  openai: 'gpt-4o',
  gemini: 'gemini-2.5-flash',
} as const;

export const isClaude = (model: string): boolean => model.startsWith('claude');

export function toolModel(id: string, sizes: ModelSizes | undefined): ToolModel {
  const guess = isClaude(id) ? claudeContextTokens : otherContextTokens;
  const { contextTokens = guess, maxOutputTokens = usualOutputTokens } = sizes?.[id] ?? {};
  return {
    ...{ id, label: labels[id] ?? id, contextTokens },
    maxOutputTokens: Math.min(maxOutputTokens, usualOutputTokens),
  };
}

/** The models for tools that list some: what was asked for, else one of each big vendor. At least one. */
export function listedModels({ isRelay, model, fastModel, modelSizes }: Connection): readonly ToolModel[] {
  const asked = [model, fastModel].filter((id) => id !== undefined);
  if (asked.length > 0) return [...new Set(asked)].map((id) => toolModel(id, modelSizes));
  if (!isRelay) throw new MissingPart('model');
  return [defaultModels.claude, defaultModels.openai].map((id) => toolModel(id, modelSizes));
}

/** A tool needs what the connection does not have. */
export class MissingPart extends Error {
  readonly part: 'model' | 'anthropic' | 'openai' | 'gemini';
  constructor(part: MissingPart['part']) {
    super(`missing: ${part}`);
    this.part = part;
  }
}

/** An address that a tool cannot do without. */
export function needed(connection: Connection, protocol: 'anthropic' | 'openai' | 'gemini'): string {
  const url = connection[`${protocol}Url`];
  if (url === undefined) throw new MissingPart(protocol);
  return url;
}
