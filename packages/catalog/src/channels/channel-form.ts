import { type Protocol, protocols } from '@ai-bridge/domain';
import { z } from 'zod';
import { CatalogError } from '../catalog-error.ts';
import { type ChannelConfig, channelSchema } from '../config/channel-section.ts';
import { type Preset, type PresetId, presetIds, presets } from '../presets.ts';
import { type CodexInstructions, codexInstructions } from '../snapshot.ts';
import { type ChannelLimits, channelLimitsSchema, limitColumns } from './channel-limits.ts';
import { defaultGroup, timeoutsSchema } from './columns.ts';

const maxModels = 2_000;
const maxIdLength = 200;
const maxUrlLength = 2_000;
const maxKeyLength = 8_000;
const maxGroups = 50;
const modelId = z.string().trim().min(1).max(maxIdLength);

/** A key as staff paste it. It must fit into a header. */
export const credentialSchema = z
  .string()
  .trim()
  .min(1)
  .max(maxKeyLength)
  .regex(/^[\x21-\x7e]+$/);

/** What can be set on a channel besides its name, address and credential. Ranges are those of the configuration file. */
const settings = {
  /** The word that receipts name; a preset knows its own. */
  provider: z.string().max(maxIdLength).optional(),
  allowPrivate: z.boolean().optional(),
  /** Public id -> upstream id; `*` -> `*` for all it serves. Absent: what the preset means by it. */
  models: z
    .record(modelId, modelId)
    .refine((models) => Object.keys(models).length <= maxModels)
    .optional(),
  priority: z.number().optional(),
  weight: z.number().optional(),
  timeouts: timeoutsSchema.optional(),
  groups: z.array(z.string().min(1).max(maxIdLength)).min(1).max(maxGroups).optional(),
  /** Null: out directly. */
  egressPool: z.string().min(1).max(maxIdLength).nullable().optional(),
  codexInstructions: z.enum(codexInstructions).optional(),
  costBasisPoints: z.number().optional(),
  limits: channelLimitsSchema.optional(),
  enabled: z.boolean().optional(),
};

const endpointSchema = z.strictObject({
  protocols: z.array(z.enum(protocols)).min(1),
  baseUrl: z.string().trim().min(1).max(maxUrlLength).optional(),
});

/** What adding takes: a preset and a key; the rest is there for who wants it. */
export const newChannelSchema = z.strictObject({
  preset: z.enum(presetIds as [PresetId, ...PresetId[]]),
  /** Absent: the preset's id, or that with a number behind it. */
  name: z.string().trim().min(1).max(maxIdLength).optional(),
  credential: credentialSchema.optional(),
  /** Absent: every address of the preset, each a channel of its own. */
  endpoints: z.array(endpointSchema).min(1).max(4).optional(),
  ...settings,
});
export type NewChannel = z.output<typeof newChannelSchema>;

/** A channel's settings, all of them, as an edit leaves them. */
export const channelEditSchema = z.strictObject({
  name: z.string().trim().min(1).max(maxIdLength),
  protocols: endpointSchema.shape.protocols,
  baseUrl: z.string().trim().min(1).max(maxUrlLength),
  /** A new key; absent: the one it has stays. */
  credential: credentialSchema.optional(),
  ...settings,
});
export type ChannelEdit = z.output<typeof channelEditSchema>;

type Settings = Omit<ChannelEdit, 'name' | 'protocols' | 'baseUrl' | 'credential'>;

/** The columns that a checked form becomes, but for who made the channel. */
export type FormColumns = Omit<ChannelConfig, 'apiKey' | 'apiKeyEnv'> & {
  readonly groups: string[];
  readonly egressPool: string | null;
  readonly codexInstructions: CodexInstructions;
};

/**
 * Checks one channel by the rules of the configuration file and fills in what its preset knows.
 * @throws CatalogError channel_invalid with the field that is wrong
 */
export function formColumns(
  form: Settings & {
    readonly name: string;
    readonly preset: PresetId;
    readonly protocols: readonly Protocol[];
    readonly baseUrl: string | undefined;
    readonly hasCredential: boolean;
  },
): FormColumns {
  const {
    preset: presetId,
    protocols: spoken,
    hasCredential,
    groups,
    egressPool,
    codexInstructions: instructions,
    limits,
    ...rest
  } = form;
  const preset: Preset = presets[presetId];
  const endpoint = preset.endpoints.find((one) => spoken.every((protocol) => one.protocols.includes(protocol)));
  if (!endpoint || spoken.length === 0)
    throw new CatalogError('channel_invalid', 'expected protocols of one address', 'protocols');
  if (!hasCredential && rest.baseUrl !== undefined && rest.baseUrl === endpoint.baseUrl)
    throw new CatalogError('channel_invalid', 'expected the key that the provider asks for', 'credential');
  // The schema asks for a key wherever no address is given; which key it is does not matter to it.
  const checked = channelSchema.safeParse({
    ...withoutUndefined(rest),
    preset: presetId,
    protocol: spoken[0],
    models: rest.models ?? (preset.needsModels ? {} : '*'),
    ...(hasCredential ? { apiKey: 'given' } : {}),
  });
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const path = issue?.path.join('.').replace('apiKeyEnv', 'credential');
    throw new CatalogError('channel_invalid', issue?.message ?? 'not understood', path || undefined);
  }
  const { apiKey: _, apiKeyEnv: __, ...columns } = checked.data;
  return {
    ...columns,
    protocols: protocols.filter((protocol) => spoken.includes(protocol)),
    groups: [...new Set(groups ?? [defaultGroup])],
    egressPool: egressPool ?? null,
    codexInstructions: instructions ?? 'keep_original',
    ...limitColumns(checkedLimits(limits ?? {})),
  };
}

/** @throws CatalogError channel_invalid */
function checkedLimits(limits: ChannelLimits): ChannelLimits {
  const checked = channelLimitsSchema.safeParse(limits);
  if (checked.success) return checked.data;
  const path = ['limits', ...(checked.error.issues[0]?.path ?? [])].join('.');
  throw new CatalogError('channel_invalid', checked.error.issues[0]?.message ?? 'not understood', path);
}

/** The addresses that a new channel form means. */
export function endpointsOf(
  form: NewChannel,
): readonly { protocols: readonly Protocol[]; baseUrl: string | undefined }[] {
  const preset: Preset = presets[form.preset];
  if (!form.endpoints)
    return preset.endpoints.map(({ protocols: spoken, baseUrl }) => ({ protocols: spoken, baseUrl }));
  return form.endpoints.map(({ protocols: spoken, baseUrl }) => {
    const known = preset.endpoints.find((one) => spoken.every((protocol) => one.protocols.includes(protocol)));
    return { protocols: spoken, baseUrl: baseUrl ?? known?.baseUrl };
  });
}

/** What tells the channels of one form apart in their names. */
export function nameSuffix(protocol: Protocol | undefined): string {
  if (protocol === 'anthropic-messages') return '-anthropic';
  return protocol === 'gemini' ? '-gemini' : '-openai';
}

function withoutUndefined<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}
