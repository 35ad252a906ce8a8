import type { Protocol } from '@ai-bridge/domain';
import type { AuthStyle } from './snapshot.ts';

/** One address of a provider, and what is spoken there. */
export interface PresetEndpoint {
  readonly protocols: readonly Protocol[];
  /** Undefined where only the operator knows it. */
  readonly baseUrl: string | undefined;
  readonly authStyle: AuthStyle;
}

/** What is known of a provider beforehand, so that a channel needs little more than a name and a key. */
export interface Preset {
  readonly label: string;
  /** The provider word of its channels: what receipts and x-bridge-provider name. */
  readonly provider: string;
  /** Sells models of other providers too: `*` then means every model, not only this provider's own. */
  readonly servesOthers: boolean;
  /** The first one is meant where a channel names no protocol. */
  readonly endpoints: readonly PresetEndpoint[];
  /** Its model ids differ from ours, so that a channel has to list them. */
  readonly needsModels?: boolean;
  /** What coding tools are set to when nothing else is asked for. */
  readonly toolModels?: { readonly main: string; readonly fast: string };
}

const anthropicAt = (baseUrl: string | undefined, authStyle: AuthStyle): PresetEndpoint => {
  return { protocols: ['anthropic-messages'], baseUrl, authStyle };
};
const chatAt = (baseUrl: string | undefined): PresetEndpoint => {
  return { protocols: ['openai-chat'], baseUrl, authStyle: 'bearer' };
};
const openaiAt = (baseUrl: string | undefined): PresetEndpoint => {
  return { protocols: ['openai-chat', 'openai-responses'], baseUrl, authStyle: 'bearer' };
};

export const presets = {
  anthropic: {
    label: 'Anthropic',
    provider: 'anthropic',
    servesOthers: false,
    endpoints: [anthropicAt('https://api.anthropic.com', 'x-api-key')],
  },
  openai: {
    label: 'OpenAI',
    provider: 'openai',
    servesOthers: false,
    endpoints: [openaiAt('https://api.openai.com')],
  },
  gemini: {
    label: 'Google Gemini',
    provider: 'google',
    servesOthers: false,
    endpoints: [
      { protocols: ['gemini'], baseUrl: 'https://generativelanguage.googleapis.com', authStyle: 'x-goog-api-key' },
    ],
  },
  deepseek: {
    label: 'DeepSeek',
    provider: 'deepseek',
    servesOthers: false,
    endpoints: [chatAt('https://api.deepseek.com'), anthropicAt('https://api.deepseek.com/anthropic', 'x-api-key')],
  },
  openrouter: {
    label: 'OpenRouter',
    provider: 'openrouter',
    servesOthers: true,
    needsModels: true,
    endpoints: [chatAt('https://openrouter.ai/api/v1'), anthropicAt('https://openrouter.ai/api', 'bearer')],
  },
  '302ai': {
    label: '302.AI',
    provider: '302ai',
    servesOthers: true,
    endpoints: [anthropicAt('https://api.302.ai/cc', 'x-api-key'), openaiAt('https://api.302.ai/v1')],
  },
  glm: {
    label: 'GLM (Zhipu AI)',
    provider: 'zhipu',
    servesOthers: false,
    endpoints: [
      anthropicAt('https://open.bigmodel.cn/api/anthropic', 'bearer'),
      chatAt('https://open.bigmodel.cn/api/coding/paas/v4'),
    ],
    toolModels: { main: 'GLM-4.7', fast: 'GLM-4.7' },
  },
  minimax: {
    label: 'MiniMax',
    provider: 'minimax',
    servesOthers: false,
    endpoints: [anthropicAt('https://api.minimaxi.com/anthropic', 'bearer'), chatAt('https://api.minimaxi.com/v1')],
    toolModels: { main: 'MiniMax-M2', fast: 'MiniMax-M2' },
  },
  kimi: {
    label: 'Kimi (Moonshot AI)',
    provider: 'moonshot',
    servesOthers: false,
    endpoints: [anthropicAt('https://api.moonshot.cn/anthropic', 'bearer'), chatAt('https://api.moonshot.cn/v1')],
    toolModels: { main: 'kimi-k2-0905-preview', fast: 'kimi-k2-turbo-preview' },
  },
  custom: {
    label: 'Custom',
    provider: 'custom',
    servesOthers: true,
    endpoints: [
      anthropicAt(undefined, 'x-api-key'),
      openaiAt(undefined),
      { protocols: ['gemini'], baseUrl: undefined, authStyle: 'x-goog-api-key' },
    ],
  },
} as const satisfies Record<string, Preset>;

export type PresetId = keyof typeof presets;
export const presetIds = Object.keys(presets) as PresetId[];

/** The preset of a stored id; undefined for one that is no longer known. */
export function presetOf(id: string): Preset | undefined {
  return Object.hasOwn(presets, id) ? presets[id as PresetId] : undefined;
}

/** Where this preset speaks the protocol; its first endpoint when none is named. Undefined when it does not. */
export function endpointOf(preset: Preset, protocol: Protocol | undefined): PresetEndpoint | undefined {
  return protocol === undefined
    ? preset.endpoints[0]
    : preset.endpoints.find((endpoint) => endpoint.protocols.includes(protocol));
}
