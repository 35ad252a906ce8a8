import type { Effort } from '../neutral/request.ts';

export type ThinkingType = 'adaptive' | 'enabled' | 'disabled' | 'between_tools';

/** What one model takes. Every other value is answered with a 400 by the upstream. */
export interface ModelRules {
  /** temperature, top_p and top_k; none from Claude 4.7 on. */
  readonly takesSampling: boolean;
  readonly takesTemperatureWithTopP: boolean;
  /** Values of thinking.type; empty: it cannot think. Without `disabled` and `between_tools` it always thinks. */
  readonly thinking: readonly ThinkingType[];
  /** Values of output_config.effort, from least to most. */
  readonly efforts: readonly Effort[];
  /** The most effort that goes with thinking disabled. */
  readonly mostEffortWithoutThinking: Effort;
  /** tool_choice `any` and `tool`: never, or only while it is not asked to think. */
  readonly takesForcedTool: 'unless_thinking' | 'never' | 'always';
  /** output_config.format and strict tools. */
  readonly takesSchema: boolean;
  /** A conversation may end with the beginning of the answer. */
  readonly takesPrefill: boolean;
  /** role:system among the messages. */
  readonly takesSystemTurns: boolean;
  /** What max_tokens becomes where neither the client nor the model's row says. */
  readonly defaultMaxTokens: number;
}

const toHigh: readonly Effort[] = ['low', 'medium', 'high'];
const allEfforts: readonly Effort[] = [...toHigh, 'xhigh', 'max'];

/** Vendors that speak Anthropic's protocol with models of their own: what it was before its models differed. */
const otherVendor: ModelRules = {
  takesSampling: true,
  takesTemperatureWithTopP: true,
  thinking: ['enabled', 'disabled'],
  efforts: [],
  mostEffortWithoutThinking: 'max',
  takesForcedTool: 'always',
  takesSchema: false,
  takesPrefill: true,
  takesSystemTurns: false,
  defaultMaxTokens: 32_000,
};

/**
 * What a model takes, by its id: `claude-opus-4-6`, `claude-3-5-sonnet-20241022`, with the prefixes and suffixes of other clouds too. A Claude
 * that is not known counts as the newest. Facts of November 2026, from the migration guides of each model.
 */
export function rulesOf(model: string): ModelRules {
  let rules = rulesByModel.get(model);
  if (!rules) {
    if (rulesByModel.size === maxRememberedModels) rulesByModel.clear();
    rules = readRules(model);
    rulesByModel.set(model, rules);
  }
  return rules;
}

/** Asked for with every request; ids are an operator's, and few. */
const rulesByModel = new Map<string, ModelRules>();
const maxRememberedModels = 1_000;

function readRules(model: string): ModelRules {
  const id = model.toLowerCase().replaceAll('.', '-');
  if (!id.includes('claude')) return otherVendor;
  const [family, version] = readId(id);
  return {
    takesSampling: version <= 406,
    takesTemperatureWithTopP: version < 401,
    thinking: thinkingOf(family, version),
    efforts: effortsOf(family, version),
    mostEffortWithoutThinking: version >= 500 ? 'high' : 'max',
    takesForcedTool: refusesForcedTool(family, version) ? 'never' : 'unless_thinking',
    takesSchema: version >= 405,
    takesPrefill: version < 406,
    takesSystemTurns: version >= (family === 'haiku' ? 505 : family === 'sonnet' ? 500 : 408),
    defaultMaxTokens: version < 305 ? 4_096 : version < 307 ? 8_192 : 32_000,
  };
}

/** @returns the family and the version as one number: 4.6 is 406 */
function readId(id: string): readonly [family: string, version: number] {
  const modern = /(opus|sonnet|haiku|fable|mythos)-(\d{1,2})(?!\d)(?:-(\d{1,2})(?!\d))?/.exec(id);
  if (modern) return [modern[1] ?? '', Number(modern[2]) * 100 + Number(modern[3] ?? 0)];
  const early = /claude-(\d)(?:-(\d)(?!\d))?/.exec(id);
  if (early) return [/opus|sonnet|haiku/.exec(id)?.[0] ?? '', Number(early[1]) * 100 + Number(early[2] ?? 0)];
  if (id.includes('instant')) return ['', 100];
  return id.includes('mythos') ? ['mythos', 500] : ['', 9_900];
}

function thinkingOf(family: string, version: number): readonly ThinkingType[] {
  if (version < 307) return [];
  if (version < 406) return ['enabled', 'disabled'];
  if (version === 406) return ['adaptive', 'enabled', 'disabled'];
  if (family === 'sonnet' && version >= 505) return ['adaptive', 'between_tools'];
  const isAlwaysOn = family !== 'haiku' && (version >= 505 || family === 'fable' || family === 'mythos');
  return isAlwaysOn ? ['adaptive'] : ['adaptive', 'disabled'];
}

function effortsOf(family: string, version: number): readonly Effort[] {
  if (version >= 407) return allEfforts;
  if (version === 406) return [...toHigh, 'max'];
  return version === 405 && family === 'opus' ? toHigh : [];
}

function refusesForcedTool(family: string, version: number): boolean {
  if (family === 'haiku') return version > 505;
  return version >= (family === 'fable' || family === 'mythos' ? 501 : 505);
}

/**
 * The `anthropic-version` header for a request written for this model: the newer version refuses the sampling fields that older
 * models still take.
 */
export function anthropicVersion(model: string): string {
  return rulesOf(model).takesSampling ? '2023-06-01' : '2026-10-21';
}
