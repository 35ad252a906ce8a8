import type { JsonObject } from '../json/parse.ts';
import type { Carried, Target } from '../neutral/codec.ts';
import { foreignExtras } from '../neutral/foreign.ts';
import type { NeutralRequest } from '../neutral/request.ts';
import { bad } from './fields.ts';
import { Losses } from './losses.ts';
import { rulesOf } from './model-rules.ts';
import { renderConfig } from './render-config.ts';
import { renderContents } from './render-contents.ts';
import { textField } from './render-media.ts';
import { renderChoice, renderTools } from './render-tools.ts';

/** Tiers that Gemini has under these very names; the others are its default. */
const tiers: ReadonlySet<string> = new Set(['standard', 'flex', 'priority']);
const defaultTiers: ReadonlySet<string> = new Set(['auto', 'default', 'standard_only', 'unspecified']);

/**
 * The body of a generateContent or streamGenerateContent request; model and stream belong in the path.
 * @throws RelayError invalid_request with the path of what cannot be said there
 */
export function renderRequest(request: NeutralRequest, target: Target): Carried<string> {
  const losses = new Losses();
  losses.list.push(...foreignExtras(request, 'gemini'));
  noteUnsaid(request, losses);
  const rules = rulesOf(target.origin.model);
  const body: Record<string, unknown> = { ...rest(request, losses) };
  const config = renderConfig(request, rules, target, losses);
  if (Object.keys(config).length > 0) body['generationConfig'] = config;
  if (request.extras?.protocol === 'gemini') putExtras(body, request.extras.fields);
  const contents = renderContents(request, rules, target, losses);
  const text = withContents(request, contents, losses);
  const others = JSON.stringify(body).slice(1);
  return { value: `{${text}${others === '}' ? '' : ','}${others}`, losses: losses.list };
}

/** The system's instruction and the conversation; a conversation that is nothing but instructions is told as the user. */
function withContents({ system }: NeutralRequest, contents: readonly string[], losses: Losses): string {
  const parts = system.filter(({ text }) => text !== '').map(({ text }) => `{${textField(text)}}`);
  if (contents.length > 0) {
    const instruction = parts.length === 0 ? '' : `"systemInstruction":{"parts":[${parts.join(',')}]},`;
    return `${instruction}"contents":[${contents.join(',')}]`;
  }
  if (parts.length === 0) throw bad('messages', 'must hold a message');
  losses.add('system', 'there is no message of the user: the instructions are told as the user');
  return `"contents":[{"role":"user","parts":[${parts.join(',')}]}]`;
}

function rest(request: NeutralRequest, losses: Losses): JsonObject {
  const tools = renderTools(request, losses);
  const choice = renderChoice(request, losses);
  const { serviceTier } = request;
  const isTier = serviceTier !== undefined && tiers.has(serviceTier);
  if (serviceTier !== undefined && !isTier && !defaultTiers.has(serviceTier)) {
    losses.add('service_tier', 'the provider has no such tier');
  }
  return {
    ...(tools.length > 0 && { tools }),
    ...(choice && { toolConfig: { functionCallingConfig: choice } }),
    ...(isTier && { serviceTier }),
  };
}

function noteUnsaid(request: NeutralRequest, losses: Losses): void {
  const marked = request.cache ?? request.system.find((part) => part.cache);
  if (marked) losses.once('cache_control', 'the provider caches by itself');
  if (request.system.some((part) => part.citations?.length)) losses.add('system', 'sources are not passed on');
  if (request.user !== undefined) losses.add('user', 'the provider has no such field');
  if (request.promptCacheKey !== undefined) losses.add('prompt_cache_key', 'the provider caches by itself');
  if (request.verbosity !== undefined) losses.add('verbosity', 'the provider has no such field');
}

/** Puts fields back where the client had them, each under its path. */
function putExtras(body: Record<string, unknown>, fields: Readonly<Record<string, unknown>>): void {
  for (const [path, value] of Object.entries(fields)) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    let at = body;
    for (const name of names) {
      const inner = { ...(at[name] as JsonObject | undefined) };
      at[name] = inner;
      at = inner;
    }
    at[last] = value;
  }
}
