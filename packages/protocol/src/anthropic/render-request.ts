import { JsonMembers } from '../json/members.ts';
import type { Carried, Target } from '../neutral/codec.ts';
import { foreignExtras } from '../neutral/foreign.ts';
import type { NeutralRequest } from '../neutral/request.ts';
import { writeCacheMark } from './cache-marks.ts';
import { LossList } from './loss-list.ts';
import { rulesOf } from './model-rules.ts';
import { ownExtras } from './own-extras.ts';
import { endsUnthought } from './prefill.ts';
import { renderOutputConfig } from './render-output.ts';
import { renderPrompt, writePrompt } from './render-prompt.ts';
import { writeThinking } from './render-reasoning.ts';
import { renderSampling } from './render-sampling.ts';
import { forcesTool, renderToolChoice } from './render-tools.ts';
import type { Writing } from './writing.ts';

/**
 * The body of a request to /v1/messages. Fields that the model refuses are left out with a loss; see model-rules.ts.
 *
 * @throws RelayError invalid_request with the path of what cannot be said to the provider
 */
export function renderRequest(request: NeutralRequest, target: Target): Carried<string> {
  const losses = new LossList();
  const writing: Writing = { target, rules: rulesOf(target.origin.model), losses };
  losses.addAll(foreignExtras(request, 'anthropic-messages'));
  noteUnsaid(request, losses);
  const maxTokens = maxTokensOf(request, writing);
  const prompt = renderPrompt(request, writing);
  const { thinking, effort, thinks } = writeThinking(request, {
    rules: writing.rules,
    maxTokens,
    forcesTool: forcesTool(request),
    endsUnthought: endsUnthought(prompt.messages),
    losses,
  });
  const own = ownExtras(request);
  const sampling = renderSampling(request, thinks, writing);
  const body = new JsonMembers();
  for (const name in own.top) body.add(name, own.top[name]);
  body.add('model', target.origin.model);
  body.add('max_tokens', maxTokens);
  writePrompt(body, prompt, request, writing);
  body.add('tool_choice', renderToolChoice(request, prompt.tools.length, writing));
  if (request.stream) body.add('stream', true);
  body.add('temperature', sampling.temperature);
  body.add('top_p', sampling.top_p);
  body.add('top_k', sampling.top_k);
  body.add('stop_sequences', sampling.stop_sequences);
  body.add('thinking', thinking);
  body.add('output_config', renderOutputConfig(request, effort, own.outputConfig, writing));
  body.add('metadata', metadataOf(request.user, own.metadata));
  body.add('service_tier', serviceTier(request, losses));
  if (request.cache) body.addJson('cache_control', writeCacheMark(request.cache));
  return { value: body.object(), losses: losses.all() };
}

function maxTokensOf({ maxOutputTokens }: NeutralRequest, { target, rules, losses }: Writing): number {
  const most = target.maxOutputTokens;
  if (maxOutputTokens === undefined) return most ?? rules.defaultMaxTokens;
  if (most === undefined || maxOutputTokens <= most) return maxOutputTokens;
  losses.add('max_tokens', 'this model puts out less');
  return most;
}

function metadataOf(user: string | undefined, own: object | undefined): object | undefined {
  if (user === undefined) return own;
  return { ...own, user_id: user };
}

function serviceTier({ serviceTier: tier }: NeutralRequest, losses: LossList): string | undefined {
  switch (tier) {
    case undefined:
    case 'auto':
    case 'standard_only':
      return tier;
    case 'default':
    case 'standard':
      return 'standard_only';
    default:
      losses.add('service_tier', 'the provider has no such tier');
      return undefined;
  }
}

function noteUnsaid({ sampling, verbosity, promptCacheKey }: NeutralRequest, losses: LossList): void {
  const note = (path: string, value: unknown) => {
    if (value !== undefined) losses.add(path, 'the provider has no such field');
  };
  note('presence_penalty', sampling.presencePenalty);
  note('frequency_penalty', sampling.frequencyPenalty);
  note('seed', sampling.seed);
  note('logit_bias', sampling.logitBias);
  note('verbosity', verbosity);
  note('prompt_cache_key', promptCacheKey);
}
