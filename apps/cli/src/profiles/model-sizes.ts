import { defaultModels, type ModelSize } from '@ai-bridge/tool-setup';
import { ask } from '../ask.ts';
import { connect } from './connect.ts';
import type { Profile } from './profile.ts';

/** A set-up waits no longer than this for what it can do without. */
const timeoutMs = 3_000;

/**
 * The profile with the sizes of the models that a tool may be told of, as a relay of this kind lists them. As it is where the relay does
 * not answer, or is none: tools then go by what they assume.
 */
export async function withModelSizes(profile: Profile, send: typeof fetch): Promise<Profile> {
  const { provider, key, model, fastModel } = profile;
  const { openaiUrl } = connect(profile);
  if (provider !== 'ai-bridge' || openaiUrl === undefined) return profile;
  const named = new Set<unknown>([model, fastModel, ...Object.values(defaultModels)]);
  const listed = await listModels(`${openaiUrl}/models`, key, send);
  const sizes = listed.flatMap((one) => (named.has(one['id']) ? sizeOf(one) : []));
  return sizes.length === 0 ? profile : { ...profile, modelSizes: Object.fromEntries(sizes) };
}

type Listed = Readonly<Record<string, unknown>>;

async function listModels(url: string, key: string, send: typeof fetch): Promise<readonly Listed[]> {
  const answer = await ask(send, url, timeoutMs, { headers: { authorization: `Bearer ${key}` } });
  const { data } = (answer.kind === 'answer' ? (answer.body ?? {}) : {}) as { readonly data?: unknown };
  return Array.isArray(data) ? data.filter((one) => typeof one === 'object' && one !== null) : [];
}

function sizeOf({ id, max_input_tokens, max_tokens }: Listed): [string, ModelSize][] {
  if (!isCount(max_input_tokens)) return [];
  const most = isCount(max_tokens) ? { maxOutputTokens: max_tokens } : {};
  return [[String(id), { contextTokens: max_input_tokens, ...most }]];
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;
