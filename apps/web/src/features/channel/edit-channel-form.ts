import type { Protocol } from '@ai-bridge/domain';
import type { Channel } from './channel-filter.ts';
import { costPercentText } from './cost-percent.ts';
import { limitFormOf } from './limit-form.ts';
import { emptySettings, type SettingsForm, settingsInput } from './new-channel-form.ts';

export interface EditChannelForm extends SettingsForm {
  readonly name: string;
  readonly protocols: readonly Protocol[];
  readonly baseUrl: string;
  readonly credential: string;
}

const text = (value: number | undefined) => (value === undefined ? '' : String(value));

/** A channel's settings as they are typed. */
export function editOf(channel: Channel): EditChannelForm {
  const { timeouts } = channel;
  return {
    ...emptySettings,
    name: channel.name,
    protocols: channel.protocols,
    baseUrl: channel.baseUrl,
    credential: '',
    allowPrivate: channel.allowPrivate,
    priority: String(channel.priority),
    weight: String(channel.weight),
    firstByteMs: text(timeouts.firstByteMs),
    idleMs: text(timeouts.idleMs),
    totalMs: text(timeouts.totalMs),
    groups: channel.groups,
    egressPool: channel.egressPool ?? '',
    codexInstructions: channel.codexInstructions,
    costPercent: costPercentText(channel.costBasisPoints),
    limits: limitFormOf(channel.limits),
  };
}

/** What is sent when an edit is submitted: all of the settings, the models as they are or as given. */
export function editInput(
  channel: Channel,
  form: EditChannelForm,
  models: Readonly<Record<string, string>> = channel.models,
) {
  return {
    channelId: channel.id,
    name: form.name,
    protocols: [...form.protocols],
    baseUrl: form.baseUrl,
    credential: form.credential.trim() || undefined,
    models: { ...models },
    ...settingsInput(form),
  };
}
