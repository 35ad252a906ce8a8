import { presets } from '@ai-bridge/catalog/presets';
import type { Texts } from '../language/texts.ts';
import type { ProviderId } from './profile.ts';

/** What people read of a preset. */
export function presetLabel(id: ProviderId, texts: Texts): string {
  return id === 'ai-bridge' || id === 'custom' ? texts.provider[id] : presets[id].label;
}
