import { type Loss, type Protocol, RelayError } from '@ai-bridge/domain';
import { asObject, asText } from '../json/parse.ts';
import type { OpaquePart } from './parts.ts';
import type { NeutralRequest } from './request.ts';

/** `carried`: nothing is lost, as this value asks for what every upstream does anyway. */
type Fate = 'loss' | 'refuse' | 'carried';

/**
 * What becomes of a field that only the client's protocol knows where the upstream speaks another: `loss` changes nothing of the answer's
 * meaning, `refuse` would. A field that is not listed is a loss: new fields of tools appear every month and are mostly hints.
 */
const foreignFields: Record<Protocol, Readonly<Record<string, Fate | ((value: unknown) => Fate)>>> = {
  'anthropic-messages': {
    // State that only the upstream which answered before has, and changes to the conversation that only it can make.
    container: 'refuse',
    thread: 'refuse',
    mcp_servers: (value) => (Array.isArray(value) && value.length === 0 ? 'carried' : 'refuse'),
    context_management: fateOfContextManagement,
    compaction: 'refuse',
    fallbacks: (value) => (Array.isArray(value) && value.length === 0 ? 'carried' : 'refuse'),
    // Where the data may go.
    inference_geo: (value) => (value === 'global' ? 'carried' : 'refuse'),
    speed: (value) => (value === 'standard' ? 'carried' : 'loss'),
    // Told by their neutral names too.
    thinking: 'carried',
    'output_config.effort': 'carried',
  },
  'openai-chat': {
    n: (value) => (value === 1 ? 'carried' : 'refuse'),
    logprobs: (value) => (value === true ? 'refuse' : 'carried'),
    // Means nothing without logprobs, which is refused by itself.
    top_logprobs: 'carried',
    modalities: (value) => (Array.isArray(value) && value.every((kind) => kind === 'text') ? 'carried' : 'refuse'),
    moderation: 'refuse',
    store: (value) => (value === false ? 'carried' : 'loss'),
    // Kept where they have no neutral form: a choice or a format that only some vendor knows.
    tool_choice: 'refuse',
    response_format: 'refuse',
    // Told by its neutral name too.
    user: 'carried',
  },
  'openai-responses': {
    // State that only the upstream which answered before has.
    previous_response_id: 'refuse',
    conversation: 'refuse',
    prompt: 'refuse',
    moderation: 'refuse',
    background: (value) => (value === true ? 'refuse' : 'carried'),
    store: (value) => (value === false ? 'carried' : 'loss'),
    truncation: (value) => (value === 'disabled' ? 'carried' : 'loss'),
    top_logprobs: (value) => (value === 0 ? 'carried' : 'refuse'),
    include: fateOfInclude,
    tool_choice: fateOfToolChoice,
    // Told by their neutral names too.
    instructions: 'carried',
    user: 'carried',
    // Says nothing but how to pad the events.
    stream_options: 'carried',
  },
  gemini: {
    // State that only the upstream which answered before has.
    cachedContent: 'refuse',
    continuationToken: 'refuse',
    'generationConfig.candidateCount': (value) => (Number(value) > 1 ? 'refuse' : 'carried'),
    'generationConfig.responseModalities': fateOfModalities,
    'generationConfig.responseLogprobs': (value) => (value === true ? 'refuse' : 'carried'),
    'generationConfig.speechConfig': 'refuse',
    'generationConfig.imageConfig': 'refuse',
    // Kept only where the answer shall be one of a list of words.
    'generationConfig.responseMimeType': (value) => (value === 'text/plain' ? 'carried' : 'refuse'),
    'generationConfig.responseSchema': 'refuse',
    'generationConfig.responseJsonSchema': 'refuse',
    store: (value) => (value === false ? 'carried' : 'loss'),
  },
};

/** Claude Code asks for old thoughts to be cleared, which no other provider gets to see; what clears results changes the conversation. */
function fateOfContextManagement(value: unknown): Fate {
  const edits = asObject(value)?.['edits'];
  if (!Array.isArray(edits)) return 'refuse';
  return edits.every((edit) => asText(asObject(edit)?.['type'])?.startsWith('clear_thinking')) ? 'carried' : 'refuse';
}

/** Sealed reasoning is told in any case; log probabilities are part of the answer; the rest are details of it. */
function fateOfInclude(value: unknown): Fate {
  const wanted = Array.isArray(value) ? value.filter((entry) => entry !== 'reasoning.encrypted_content') : [];
  if (wanted.length === 0) return 'carried';
  return wanted.includes('message.output_text.logprobs') ? 'refuse' : 'loss';
}

/** Choices of functions have a neutral form besides; a choice of a tool that only OpenAI runs has none. */
function fateOfToolChoice(value: unknown): Fate {
  const choice = asObject(value);
  const type = choice?.['type'];
  if (type === 'function' || type === 'custom') return 'carried';
  const tools = choice?.['tools'];
  if (type !== 'allowed_tools' || !Array.isArray(tools)) return 'refuse';
  return tools.every((tool) => asText(asObject(tool)?.['name'])) ? 'carried' : 'loss';
}

/** Every upstream answers in text; pictures and sounds are for their home only. */
function fateOfModalities(value: unknown): Fate {
  return Array.isArray(value) && value.some((modality) => modality !== 'TEXT') ? 'refuse' : 'carried';
}

/**
 * The losses of a request's extras for a target of another protocol; none where it is the client's own.
 * @throws RelayError invalid_request with the field that must not be dropped
 */
export function foreignExtras({ extras }: NeutralRequest, target: Protocol): Loss[] {
  if (!extras || extras.protocol === target) return [];
  const known = foreignFields[extras.protocol];
  return Object.entries(extras.fields).flatMap(([path, value]) => {
    const row = known[path] ?? 'loss';
    const fate = typeof row === 'function' ? row(value) : row;
    if (fate === 'refuse') throw refused(path);
    return fate === 'loss' ? [{ path, reason: 'the provider has no such field' }] : [];
  });
}

/** Fields whose part of the answer is only told where the upstream's bytes go on unchanged, whatever it speaks. */
const fieldsOfAnswers: Record<Protocol, readonly string[]> = {
  'anthropic-messages': [],
  'openai-chat': ['n', 'logprobs'],
  'openai-responses': ['top_logprobs', 'include', 'background'],
  gemini: ['generationConfig.candidateCount', 'generationConfig.responseLogprobs'],
};

/**
 * Makes sure that an answer can be written anew in the client's own protocol.
 * @throws RelayError invalid_request with the field that asks for what would be lost
 */
export function refuseUnwritable({ extras }: NeutralRequest): void {
  if (!extras) return;
  for (const path of fieldsOfAnswers[extras.protocol]) {
    const value = extras.fields[path];
    const row = foreignFields[extras.protocol][path];
    if (value === undefined || row === undefined) continue;
    if ((typeof row === 'function' ? row(value) : row) === 'refuse') throw refused(path);
  }
}

/**
 * Parts of a conversation that only their own protocol knows and that may be left out of it elsewhere: what came of them is told by the
 * text around them. All others are needed to understand the conversation, or are results that a client computed.
 */
const dispensableParts: Record<Protocol, ReadonlySet<string>> = {
  'anthropic-messages': new Set([
    'server_tool_use',
    'web_search_tool_result',
    'web_fetch_tool_result',
    'code_execution_tool_result',
    'bash_code_execution_tool_result',
    'text_editor_code_execution_tool_result',
    'tool_search_tool_result',
    'mcp_tool_use',
    'mcp_tool_result',
    'fallback',
  ]),
  'openai-chat': new Set(),
  'openai-responses': new Set([
    'web_search_call',
    'file_search_call',
    'code_interpreter_call',
    'mcp_list_tools',
    'tool_search_call',
    'tool_search_output',
    'configuration_update',
    'reasoning',
  ]),
  gemini: new Set(['executableCode', 'codeExecutionResult', 'toolCall', 'toolResponse']),
};

/**
 * The loss that leaving out an opaque part of another protocol is.
 * @throws RelayError invalid_request with the path of a part that must not be left out
 */
export function foreignPart({ protocol, name }: OpaquePart, path: string): Loss {
  if (!dispensableParts[protocol].has(name)) throw refused(path);
  return { path, reason: `the provider has no ${name}` };
}

function refused(path: string): RelayError {
  return new RelayError('invalid_request', {
    path,
    reason: 'the model asked for is served by a provider without this',
  });
}
