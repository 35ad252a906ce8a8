import { listBasisPoints, maxCostBasisPoints, protocols } from '@ai-bridge/domain';
import { z } from 'zod';
import { readBaseUrl } from '../base-url.ts';
import { channelLimitsConfigSchema, limitColumns } from '../channels/channel-limits.ts';
import { defaultGroup, everyModel, timeoutsSchema } from '../channels/columns.ts';
import { endpointOf, type Preset, type PresetId, presetIds, presets } from '../presets.ts';
import { poolSchema } from '../proxies/columns.ts';
import { codexInstructions } from '../snapshot.ts';
import { groupId } from './group-section.ts';

const maxPriority = 1_000;
const maxWeight = 1_000;
const modelId = z.string().min(1).max(200);

/** "*", a list of ids, or a map from public to upstream ids; all as a map. */
const modelsSchema = z
  .union([z.literal(everyModel), z.array(modelId).min(1), z.record(modelId, modelId)], {
    error: 'expected "*", a list of model ids, or a map from public to upstream ids',
  })
  .transform((models): Record<string, string> => {
    if (models === everyModel) return { [everyModel]: everyModel };
    return Array.isArray(models) ? Object.fromEntries(models.map((id) => [id, id])) : models;
  });

const fields = z.strictObject({
  name: z.string().trim().min(1).max(64),
  preset: z.enum(presetIds as [PresetId, ...PresetId[]]),
  protocol: z.enum(protocols).optional(),
  /** The word that receipts name; a preset knows its own. */
  provider: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,31}$/, { error: 'expected 1 to 32 of a-z, 0-9, dot, - and _' })
    .optional(),
  baseUrl: z.string().optional(),
  apiKey: z.string().trim().min(1).optional(),
  apiKeyEnv: z.string().min(1).optional(),
  allowPrivate: z.boolean().optional(),
  models: modelsSchema.optional(),
  priority: z.int().min(0).max(maxPriority).optional(),
  weight: z.int().min(1).max(maxWeight).optional(),
  timeouts: timeoutsSchema.optional(),
  /** The pool of proxies to go out through. */
  egress: poolSchema.optional(),
  /** Whose keys may reach it. */
  groups: z.array(groupId).min(1, { error: 'expected at least one group' }).optional(),
  codexInstructions: z.enum(codexInstructions).optional(),
  /** What the upstream asks of the operator: 10000 = list price. */
  costBasisPoints: z.int().min(0).max(maxCostBasisPoints).optional(),
  /** What the account with the upstream allows. */
  limits: channelLimitsConfigSchema.optional(),
  enabled: z.boolean().optional(),
});

/** One entry of `channels`, with all that its preset leaves open checked and filled in. */
export const channelSchema = fields.transform((channel, context) => {
  const refuse = (path: string, message: string) => {
    context.addIssue({ code: 'custom', path: [path], message });
    return z.NEVER;
  };
  const preset: Preset = presets[channel.preset];
  if (channel.preset === 'custom' && channel.protocol === undefined)
    return refuse('protocol', `expected one of ${protocols.join(', ')}: the preset custom does not know its own`);
  const endpoint = endpointOf(preset, channel.protocol);
  if (!endpoint) return refuse('protocol', `expected one of ${spoken(preset)}: that is what ${channel.preset} speaks`);
  const address = channel.baseUrl ?? endpoint.baseUrl;
  if (address === undefined) return refuse('baseUrl', 'expected a URL: the preset custom does not know its own');
  const read = readBaseUrl(address, channel.allowPrivate ?? false);
  if ('problem' in read) return refuse('baseUrl', read.problem);
  if (channel.apiKey !== undefined && channel.apiKeyEnv !== undefined)
    return refuse('apiKeyEnv', 'expected either apiKey or apiKeyEnv');
  if (channel.apiKey === undefined && channel.apiKeyEnv === undefined && channel.baseUrl === undefined)
    return refuse('apiKeyEnv', 'expected the name of a variable with the key (or apiKey)');
  if (channel.models === undefined && preset.needsModels)
    return refuse('models', `expected a map from public to upstream ids: ${channel.preset} has its own`);
  return {
    name: channel.name,
    preset: channel.preset,
    provider: channel.provider ?? preset.provider,
    protocols: channel.protocol === undefined ? [...endpoint.protocols] : [channel.protocol],
    baseUrl: read.baseUrl,
    apiKey: channel.apiKey,
    apiKeyEnv: channel.apiKeyEnv,
    allowPrivate: channel.allowPrivate ?? false,
    models: channel.models ?? { [everyModel]: everyModel },
    priority: channel.priority ?? 1,
    weight: channel.weight ?? 1,
    timeouts: withoutUndefined(channel.timeouts ?? {}),
    egressPool: channel.egress ?? null,
    groups: channel.groups ?? [defaultGroup],
    codexInstructions: channel.codexInstructions ?? 'keep_original',
    costBasisPoints: channel.costBasisPoints ?? listBasisPoints,
    ...limitColumns(channel.limits ?? {}),
    enabled: channel.enabled ?? true,
  };
});

export type ChannelConfig = z.output<typeof channelSchema>;

function spoken(preset: Preset): string {
  return preset.endpoints.flatMap((endpoint) => endpoint.protocols).join(', ');
}

function withoutUndefined<Value>(record: Record<string, Value | undefined>): Record<string, Value> {
  const defined = Object.entries(record).filter((entry): entry is [string, Value] => entry[1] !== undefined);
  return Object.fromEntries(defined);
}
