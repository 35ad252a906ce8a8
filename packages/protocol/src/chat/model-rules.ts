import type { Effort } from '../neutral/request.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a model of a Chat upstream takes, and in which words. */
export interface ModelRules {
  readonly isOpenAi: boolean;
  /** Nothing is known of the model: what the client says by name is passed on, nothing is made up. */
  readonly isUnknown: boolean;
  /** OpenAI's own models refuse max_tokens; other vendors know nothing else. */
  readonly outputCap: 'max_completion_tokens' | 'max_tokens';
  readonly systemRole: 'system' | 'developer';
  /** Levels of reasoning_effort from least to most; none: the field is refused, or does nothing. */
  readonly efforts: readonly Effort[];
  /** What happens where no effort is said. */
  readonly defaultEffort: Effort | undefined;
  /** Fields that turn thinking on and off at vendors with a switch beside the effort, or instead of it. */
  readonly thinkingOn: Fields | undefined;
  readonly thinkingOff: Fields | undefined;
  /** The vendor takes a number of tokens to think with. */
  readonly takesThinkingBudget: boolean;
  /** Whether it can reason at all. */
  readonly reasons: boolean;
  /**
   * OpenAI's own endpoint answers 400 to function tools together with reasoning from GPT-5.4 on: tools work with effort none only, reasoning
   * with tools on the Responses API only.
   */
  readonly toolsForbidReasoning: boolean;
  readonly takesTemperature: 'always' | 'without reasoning' | 'never';
  readonly takesTopK: boolean;
  readonly takesPenalties: boolean;
  readonly takesStop: boolean;
  readonly takesParallelSwitch: boolean;
  readonly takesFreeformTools: boolean;
  readonly takesAllowedTools: boolean;
  /** GPT-5.6 and later; older models answer 400 to the mark. */
  readonly takesCacheMarks: boolean;
  readonly takesCacheKey: boolean;
  readonly takesVerbosity: boolean;
  readonly takesServiceTier: boolean;
  readonly takesVideo: boolean;
  readonly takesWebSearch: boolean;
  readonly takesSchemas: boolean;
  /**
   * What becomes of thinking in the history. `required`: DeepSeek and Kimi answer 400 to an assistant message with tool calls that lacks
   * it. `details`: MiniMax wants it as reasoning_details. `never`: OpenAI and Groq answer 400 to the field.
   */
  readonly thinkingBack: 'never' | 'kept' | 'required' | 'details';
  /** Fields that every request for it should have. */
  readonly always: Fields;
}

const plain: ModelRules = {
  isOpenAi: false,
  isUnknown: false,
  outputCap: 'max_tokens',
  systemRole: 'system',
  efforts: [],
  defaultEffort: undefined,
  thinkingOn: undefined,
  thinkingOff: undefined,
  takesThinkingBudget: false,
  reasons: false,
  toolsForbidReasoning: false,
  takesTemperature: 'always',
  takesTopK: false,
  takesPenalties: true,
  takesStop: true,
  takesParallelSwitch: true,
  takesFreeformTools: false,
  takesAllowedTools: false,
  takesCacheMarks: false,
  takesCacheKey: false,
  takesVerbosity: false,
  takesServiceTier: false,
  takesVideo: false,
  takesWebSearch: false,
  takesSchemas: true,
  thinkingBack: 'never',
  always: {},
};

const typeSwitch = { thinkingOn: { thinking: { type: 'enabled' } }, thinkingOff: { thinking: { type: 'disabled' } } };

/**
 * What is known of a model by its id. `vendor/model` is an aggregator's id: aggregators take reasoning_effort for all and put it into the
 * vendor's words themselves.
 */
export function modelRules(model: string): ModelRules {
  const id = model.toLowerCase();
  const name = id.slice(id.lastIndexOf('/') + 1);
  const own = rulesOf(name);
  if (!id.includes('/')) return own;
  const efforts: readonly Effort[] =
    own.efforts.length === 0 && own.reasons ? ['none', 'low', 'medium', 'high'] : own.efforts;
  const vendorWords = { thinkingOn: undefined, thinkingOff: undefined, takesThinkingBudget: false, always: {} };
  return { ...own, ...vendorWords, efforts, toolsForbidReasoning: false, takesCacheMarks: false };
}

function rulesOf(name: string): ModelRules {
  if (name.includes('gpt-oss')) return { ...plain, reasons: true, efforts: ['low', 'medium', 'high'] };
  if (/^(ft:)?(gpt-|chatgpt-|o\d|codex-)/.test(name)) return openAiRules(name.replace('ft:', ''));
  if (name.includes('deepseek')) return deepSeekRules;
  if (name.includes('kimi')) return kimiRules(name);
  if (name.includes('glm-')) return glmRules(name);
  if (name.includes('minimax')) return miniMaxRules(name);
  if (/qwen|qwq/.test(name)) return qwenRules(name);
  if (name.includes('grok')) return grokRules(name);
  if (name.includes('gemini')) return geminiRules(name);
  if (name.includes('sonar')) return { ...plain, takesWebSearch: true };
  if (/llama|mixtral|gemma|phi-/.test(name)) return plain;
  return { ...plain, isUnknown: true, reasons: true, efforts: ['none', 'low', 'medium', 'high'] };
}

/** 5.10 is 510, so that versions can be compared; 0 where there is none. */
function versionIn(name: string, pattern: RegExp): number {
  const [, major, minor] = pattern.exec(name) ?? [];
  return Number(major ?? 0) * 100 + Number(minor ?? 0);
}

function openAiRules(name: string): ModelRules {
  const version = versionIn(name, /^gpt-(\d+)(?:\.(\d+))?/);
  const isOSeries = /^o\d/.test(name);
  const isSearch = name.includes('search');
  const reasons =
    !isSearch && (isOSeries || name.startsWith('codex-') || (version >= 500 && !/^gpt-5-chat/.test(name)));
  const isSpecial = /codex|-pro|-chat/.test(name);
  const canRest = reasons && version >= 501 && !isSpecial;
  return {
    ...plain,
    isOpenAi: true,
    outputCap: 'max_completion_tokens',
    systemRole: reasons ? 'developer' : 'system',
    reasons,
    efforts: reasons ? openAiEfforts(name, version) : [],
    defaultEffort: canRest && version <= 504 ? 'none' : 'medium',
    toolsForbidReasoning: canRest && version >= 504,
    takesTemperature: canRest ? 'without reasoning' : reasons || isSearch ? 'never' : 'always',
    takesPenalties: !reasons && !isSearch,
    takesStop: !reasons,
    takesParallelSwitch: !isOSeries,
    takesFreeformTools: version >= 500,
    takesAllowedTools: version >= 500,
    takesCacheMarks: version >= 506,
    takesCacheKey: true,
    takesVerbosity: version >= 500,
    takesServiceTier: true,
    takesWebSearch: isSearch,
  };
}

function openAiEfforts(name: string, version: number): readonly Effort[] {
  if (/^o1-(mini|preview)/.test(name)) return [];
  if (name.includes('-chat')) return ['medium'];
  if (name.includes('-pro') && version >= 500) return version === 500 ? ['high'] : ['medium', 'high', 'xhigh'];
  if (name.includes('codex')) {
    const hasMost = version >= 502 || name.includes('codex-max');
    return hasMost ? ['low', 'medium', 'high', 'xhigh'] : ['low', 'medium', 'high'];
  }
  if (version < 500) return ['low', 'medium', 'high'];
  if (version === 500) return ['minimal', 'low', 'medium', 'high'];
  if (version === 501) return ['none', 'low', 'medium', 'high'];
  if (version < 506) return ['none', 'low', 'medium', 'high', 'xhigh'];
  return ['none', 'low', 'medium', 'high', 'xhigh', 'max'];
}

const deepSeekRules: ModelRules = {
  ...plain,
  ...typeSwitch,
  reasons: true,
  efforts: ['low', 'high', 'max'],
  takesSchemas: false,
  thinkingBack: 'required',
};

/** From K2.5 on all sampling is fixed: any other value is a 400. K2.7 and K3 always think. */
function kimiRules(name: string): ModelRules {
  const version = versionIn(name, /k(\d+)(?:\.(\d+))?/);
  const isOld = version <= 204 && !name.includes('thinking') && version > 0;
  const common: ModelRules = { ...plain, takesCacheKey: true, takesVideo: true };
  if (isOld) return common;
  const fixed: ModelRules = {
    ...common,
    reasons: true,
    takesTemperature: 'never',
    takesPenalties: false,
    thinkingBack: 'required',
  };
  if (version >= 300) return { ...fixed, efforts: ['low', 'high', 'max'] };
  return version === 205 || version === 206 ? { ...fixed, ...typeSwitch } : fixed;
}

/** From 5.3 on it always thinks; the effort came with 5.2. */
function glmRules(name: string): ModelRules {
  const version = versionIn(name, /glm-(\d+)(?:\.(\d+))?/);
  const common: ModelRules = { ...plain, takesVideo: name.includes('v'), takesSchemas: false };
  if (version < 405) return common;
  const thinking: ModelRules = { ...common, reasons: true, thinkingBack: 'kept' };
  if (version >= 503) return { ...thinking, efforts: ['low', 'high', 'max'] };
  if (version === 502)
    return { ...thinking, ...typeSwitch, efforts: ['minimal', 'low', 'medium', 'high', 'xhigh', 'max'] };
  return { ...thinking, ...typeSwitch };
}

/** Without reasoning_split the thinking stands in the text, between tags. */
function miniMaxRules(name: string): ModelRules {
  const hasSwitch = versionIn(name, /-m(\d+)(?:\.(\d+))?/) >= 300;
  return {
    ...plain,
    reasons: true,
    thinkingOn: hasSwitch ? { thinking: { type: 'adaptive' } } : undefined,
    thinkingOff: hasSwitch ? { thinking: { type: 'disabled' } } : undefined,
    takesVideo: hasSwitch,
    thinkingBack: 'details',
    always: { reasoning_split: true },
  };
}

function qwenRules(name: string): ModelRules {
  const isFixed = /instruct|coder|qwen-?[12](\.|-|$)|qwen2/.test(name);
  const common: ModelRules = { ...plain, takesTopK: true, takesVideo: /vl|omni/.test(name) };
  if (isFixed) return common;
  return {
    ...common,
    reasons: true,
    thinkingOn: { enable_thinking: true },
    thinkingOff: { enable_thinking: false },
    takesThinkingBudget: true,
  };
}

/** Grok 4 reasons as it likes: effort, stop and penalties are a 400 there. */
function grokRules(name: string): ModelRules {
  if (name.includes('grok-3-mini')) return { ...plain, reasons: true, efforts: ['low', 'high'], takesPenalties: false };
  const reasons = versionIn(name, /grok-(\d+)/) >= 400 && !name.includes('non-reasoning');
  return { ...plain, reasons, takesPenalties: !reasons, takesStop: !reasons };
}

function geminiRules(name: string): ModelRules {
  const canRest = name.includes('2.5-flash');
  const efforts: readonly Effort[] = canRest ? ['none', 'low', 'medium', 'high'] : ['low', 'medium', 'high'];
  return { ...plain, reasons: true, efforts, takesPenalties: false };
}
