import { type Preset, presets } from '@ai-bridge/catalog/presets';
import { type Connection, relayConnection } from '@ai-bridge/tool-setup';
import type { Profile } from './profile.ts';

/** Where a profile leads to. */
export function connect(profile: Profile): Connection {
  const { provider, key, model, fastModel, modelSizes } = profile;
  if (provider === 'ai-bridge') {
    const relay = relayConnection({ url: withoutVersion(profile.url ?? ''), key, model, fastModel, modelSizes });
    return { ...relay, auth: profile.keyKind ?? relay.auth };
  }
  const preset: Preset = presets[provider];
  const anthropic = preset.endpoints.find(({ protocols }) => protocols.includes('anthropic-messages'));
  const openai = preset.endpoints.find(({ protocols }) => protocols.includes('openai-chat'));
  const isCustom = provider === 'custom';
  const presetKind = anthropic?.authStyle === 'bearer' ? 'auth_token' : 'api_key';
  return {
    id: isCustom ? ownId(profile.name) : provider,
    label: isCustom ? profile.name : preset.label,
    isRelay: false,
    anthropicUrl: profile.url === undefined ? anthropic?.baseUrl : withoutVersion(profile.url),
    openaiUrl: profile.url === undefined ? openai?.baseUrl : openaiAddress(profile.url),
    openaiWire: openai?.protocols.includes('openai-responses') ? 'responses' : 'chat',
    geminiUrl: isCustom && profile.url !== undefined ? withoutVersion(profile.url) : undefined,
    auth: profile.keyKind ?? presetKind,
    key,
    model: model ?? preset.toolModels?.main,
    fastModel: fastModel ?? (model === undefined ? preset.toolModels?.fast : undefined),
  };
}

/** Names that tools have given to providers of their own, and do not let go of. */
const takenIds = ['ai-bridge', 'anthropic', 'google', 'oss', 'ollama', 'lmstudio', 'openai'];
const ownId = (name: string) => (takenIds.includes(name) ? `custom-${name}` : name);

/** Clients of Anthropic and Gemini put the version behind the address themselves. */
const withoutVersion = (url: string) => url.replace(/\/+$/, '').replace(/\/v1$/, '');

/** Clients of OpenAI do not; a bare host is meant with it. */
function openaiAddress(url: string): string {
  const trimmed = url.replace(/\/+$/, '');
  return new URL(trimmed).pathname === '/' ? `${trimmed}/v1` : trimmed;
}
