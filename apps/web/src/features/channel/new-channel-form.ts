import type { Protocol } from '@ai-bridge/domain';
import { readCostPercent } from './cost-percent.ts';
import { type LimitForm, limitInput, noLimits } from './limit-form.ts';
import type { Choices } from './test-model.ts';

type Preset = Choices['presets'][number];

/** One address of the form. Without a protocol it is not wanted. */
export interface EndpointForm {
  readonly offered: readonly Protocol[];
  readonly protocols: readonly Protocol[];
  readonly baseUrl: string;
  /** What the preset knows; shown where nothing is typed. */
  readonly known: string | undefined;
}

/** Settings that adding and editing have in common, as they are typed: numbers are texts, empty is the default. */
export interface SettingsForm {
  readonly allowPrivate: boolean;
  readonly priority: string;
  readonly weight: string;
  readonly firstByteMs: string;
  readonly idleMs: string;
  readonly totalMs: string;
  readonly groups: readonly string[];
  readonly egressPool: string;
  readonly codexInstructions: 'auto' | 'force_official' | 'keep_original';
  /** Percent of list price. */
  readonly costPercent: string;
  readonly limits: LimitForm;
}

export interface NewChannelForm extends SettingsForm {
  readonly preset: Preset['id'];
  readonly name: string;
  readonly credential: string;
  readonly endpoints: readonly EndpointForm[];
}

export const emptySettings: SettingsForm = {
  allowPrivate: false,
  priority: '',
  weight: '',
  firstByteMs: '',
  idleMs: '',
  totalMs: '',
  groups: ['default'],
  egressPool: '',
  codexInstructions: 'keep_original',
  costPercent: '',
  limits: noLimits,
};

/** A custom upstream most often speaks Chat, and the operator says what else. */
const customDefault: Protocol = 'openai-chat';

export function formOf(preset: Preset): NewChannelForm {
  return {
    ...emptySettings,
    preset: preset.id,
    name: '',
    credential: '',
    endpoints: preset.endpoints.map(endpointForm),
  };
}

/** The same form for another provider: what was typed stays, addresses follow. */
export function withPreset(form: NewChannelForm, preset: Preset): NewChannelForm {
  return { ...form, preset: preset.id, endpoints: preset.endpoints.map(endpointForm) };
}

function endpointForm({ protocols, baseUrl }: Preset['endpoints'][number]): EndpointForm {
  const isWanted = (protocol: Protocol) => baseUrl !== undefined || protocol === customDefault;
  return { offered: protocols, protocols: protocols.filter(isWanted), baseUrl: '', known: baseUrl };
}

/** How many channels the form makes. */
export function channelCount({ endpoints }: NewChannelForm): number {
  return endpoints.filter(({ protocols }) => protocols.length > 0).length;
}

/** What is sent when a new channel is submitted. */
export function newChannelInput(form: NewChannelForm) {
  const { preset, name, credential, endpoints } = form;
  const wanted = endpoints.filter(({ protocols }) => protocols.length > 0);
  return {
    preset,
    name: name.trim() || undefined,
    credential: credential.trim() || undefined,
    endpoints: wanted.map(({ protocols, baseUrl }) => ({
      protocols: [...protocols],
      baseUrl: baseUrl.trim() || undefined,
    })),
    ...settingsInput(form),
  };
}

/** Typed settings as the server takes them. */
export function settingsInput(form: SettingsForm) {
  const { firstByteMs, idleMs, totalMs } = form;
  return {
    allowPrivate: form.allowPrivate,
    priority: numberOf(form.priority),
    weight: numberOf(form.weight),
    timeouts: { firstByteMs: numberOf(firstByteMs), idleMs: numberOf(idleMs), totalMs: numberOf(totalMs) },
    groups: [...form.groups],
    egressPool: form.egressPool || null,
    codexInstructions: form.codexInstructions,
    costBasisPoints: readCostPercent(form.costPercent),
    limits: limitInput(form.limits),
  };
}

function numberOf(text: string): number | undefined {
  return text.trim() === '' ? undefined : Number(text);
}
