import type { Protocol, Rate } from '@ai-bridge/domain';
import { type JsonSpan, type ScannedObject, scanBody, scanObject } from '../json/scan.ts';
import { wantKeys } from '../json/wanted.ts';
import { anthropicRates, geminiRates, openAiRates } from '../usage/rates.ts';
import { hasGoogleSearch, hasWebSearchTool, readWord } from './asked-fees.ts';
import {
  checkModel,
  eitherSpelling,
  isAbsent,
  maxChoices,
  maxOutputTokensAccepted,
  objectField,
  readFlag,
  readHint,
  readInteger,
  readModel,
} from './fields.ts';

/** An object inside the body that an edit may add a field to. */
export interface EditableObject {
  readonly span: JsonSpan | undefined;
  /** Index behind its opening brace. */
  readonly bodyStart: number;
  readonly isEmpty: boolean;
}

/** Where in the body the things stand that an edit may change. Valid for that one body only. */
export interface RequestSpans {
  readonly top: EditableObject;
  readonly model?: JsonSpan | undefined;
  /** Every field that caps the output; a client may send both of OpenAI's. */
  readonly outputCaps: readonly JsonSpan[];
  /** `stream_options` of openai-chat, `generationConfig` of gemini. */
  readonly options?: EditableObject | undefined;
  readonly includeUsage?: JsonSpan | undefined;
}

/** What planning, pricing and reserving need to know of a request; the rest of its body is nobody's business. */
export interface RequestHead {
  readonly protocol: Protocol;
  readonly model: string;
  readonly stream: boolean;
  /** The client's own cap; undefined where it set none. */
  readonly maxOutputTokens: number | undefined;
  /** How many answers are asked for (n, candidateCount). */
  readonly choices: number;
  /** Whether the client wants the usage chunk of a chat stream; the other protocols always tell. */
  readonly includeUsage: boolean;
  /** What the client says its conversation is, for channel affinity. */
  readonly sessionHint: string | undefined;
  /** Bytes of text in the body, media counted by what it weighs: about four of them make a token of prose. */
  readonly promptBytes: number;
  /** The rates that the request asks for: what is held has to cover the dearer ones. What is charged is what the answer says. */
  readonly askedRates: readonly Rate[] | undefined;
  /** Whether the upstream may search the web for the answer. */
  readonly maySearch: boolean;
  readonly spans: RequestSpans;
}

/** What a Gemini path says and its body does not. */
export interface PathHead {
  readonly model: string;
  readonly stream: boolean;
}

const anthropicKeys = wantKeys('model', 'stream', 'max_tokens', 'metadata', 'tools', 'speed', 'inference_geo');
const metadataKeys = wantKeys('user_id');
const chatKeys = wantKeys(
  'model',
  'stream',
  'max_tokens',
  'max_completion_tokens',
  'n',
  'stream_options',
  'prompt_cache_key',
  'service_tier',
  'web_search_options',
);
const streamOptionKeys = wantKeys('include_usage');
const responsesKeys = wantKeys('model', 'stream', 'max_output_tokens', 'prompt_cache_key', 'tools', 'service_tier');
const geminiKeys = wantKeys('generationConfig', 'generation_config', 'tools', 'serviceTier', 'service_tier');
const generationKeys = wantKeys('maxOutputTokens', 'max_output_tokens', 'candidateCount', 'candidate_count');

/**
 * Reads the few fields of a request body that the relay acts on, checking on the way that the whole body is well-formed
 * JSON and that no reader could see other values in them.
 *
 * @param path model and stream of a Gemini request, from its path; the other protocols say both in the body
 * @throws RelayError invalid_request with the field's path and what is wrong with it
 */
export function readRequestHead(protocol: Protocol, body: Buffer, path?: PathHead): RequestHead {
  switch (protocol) {
    case 'anthropic-messages':
      return anthropicHead(body);
    case 'openai-chat':
      return chatHead(body);
    case 'openai-responses':
      return responsesHead(body);
    case 'gemini':
      return geminiHead(body, path);
  }
}

function anthropicHead(body: Buffer): RequestHead {
  const scan = scanBody(body, anthropicKeys);
  const [model, stream, maxTokens, metadata, tools, speed, geo] = scan.spans;
  const userId = metadata?.kind === 'object' ? nested(body, metadata, metadataKeys).spans[0] : undefined;
  return {
    protocol: 'anthropic-messages',
    model: readModel(body, model),
    stream: readFlag(stream, 'stream'),
    maxOutputTokens: readInteger(body, maxTokens, 'max_tokens', 0, maxOutputTokensAccepted),
    choices: 1,
    includeUsage: true,
    sessionHint: readHint(body, userId),
    promptBytes: scan.textBytes,
    askedRates: anthropicRates(undefined, readWord(body, speed), readWord(body, geo)),
    maySearch: hasWebSearchTool(body, tools),
    spans: { top: editable(scan), model, outputCaps: present(maxTokens) },
  };
}

function chatHead(body: Buffer): RequestHead {
  const scan = scanBody(body, chatKeys);
  const [model, stream, maxTokens, maxCompletionTokens, n, streamOptions, cacheKey, tier, search] = scan.spans;
  const options = objectField(streamOptions, 'stream_options');
  const optionsScan = options && nested(body, options, streamOptionKeys);
  const includeUsage = optionsScan?.spans[0];
  const caps = [
    readInteger(body, maxTokens, 'max_tokens', 1, maxOutputTokensAccepted),
    readInteger(body, maxCompletionTokens, 'max_completion_tokens', 1, maxOutputTokensAccepted),
  ].filter((cap) => cap !== undefined);
  return {
    protocol: 'openai-chat',
    model: readModel(body, model),
    stream: readFlag(stream, 'stream'),
    // Upstreams differ in which of the two they obey: reckon with the larger.
    maxOutputTokens: caps.length === 0 ? undefined : Math.max(...caps),
    choices: readInteger(body, n, 'n', 1, maxChoices) ?? 1,
    includeUsage: readFlag(includeUsage, 'stream_options.include_usage'),
    sessionHint: readHint(body, cacheKey),
    promptBytes: scan.textBytes,
    askedRates: openAiRates(readWord(body, tier)),
    maySearch: !isAbsent(search),
    spans: {
      top: editable(scan),
      model,
      outputCaps: present(maxTokens, maxCompletionTokens),
      options: optionsScan ? editable(optionsScan, streamOptions) : streamOptions && nullObject(streamOptions),
      includeUsage,
    },
  };
}

function responsesHead(body: Buffer): RequestHead {
  const scan = scanBody(body, responsesKeys);
  const [model, stream, maxOutputTokens, cacheKey, tools, tier] = scan.spans;
  return {
    protocol: 'openai-responses',
    model: readModel(body, model),
    stream: readFlag(stream, 'stream'),
    maxOutputTokens: readInteger(body, maxOutputTokens, 'max_output_tokens', 1, maxOutputTokensAccepted),
    choices: 1,
    includeUsage: true,
    sessionHint: readHint(body, cacheKey),
    promptBytes: scan.textBytes,
    askedRates: openAiRates(readWord(body, tier)),
    maySearch: hasWebSearchTool(body, tools),
    spans: { top: editable(scan), model, outputCaps: present(maxOutputTokens) },
  };
}

function geminiHead(body: Buffer, path: PathHead | undefined): RequestHead {
  const scan = scanBody(body, geminiKeys);
  const config = eitherSpelling(scan.spans[0], scan.spans[1], 'generationConfig');
  const tier = eitherSpelling(scan.spans[3], scan.spans[4], 'serviceTier');
  const options = objectField(config, 'generationConfig');
  const optionsScan = options && nested(body, options, generationKeys);
  const [cap, capInSnakeCase, count, countInSnakeCase] = optionsScan?.spans ?? [];
  const capPath = 'generationConfig.maxOutputTokens';
  const countPath = 'generationConfig.candidateCount';
  const outputCap = eitherSpelling(cap, capInSnakeCase, capPath);
  const candidateCount = eitherSpelling(count, countInSnakeCase, countPath);
  return {
    protocol: 'gemini',
    model: checkModel(path?.model ?? ''),
    stream: path?.stream ?? false,
    // Zero is this format's way to leave a number unset.
    maxOutputTokens: readInteger(body, outputCap, capPath, 0, maxOutputTokensAccepted) || undefined,
    choices: readInteger(body, candidateCount, countPath, 0, maxChoices) || 1,
    includeUsage: true,
    sessionHint: undefined,
    promptBytes: scan.textBytes,
    askedRates: geminiRates(readWord(body, tier), undefined),
    maySearch: hasGoogleSearch(body, scan.spans[2]),
    spans: {
      top: editable(scan),
      outputCaps: present(outputCap),
      options: optionsScan ? editable(optionsScan, config) : config && nullObject(config),
    },
  };
}

function nested(body: Buffer, span: JsonSpan, keys: ReturnType<typeof wantKeys>): ScannedObject {
  return scanObject(body, keys, span.start, span.end);
}

function editable(scan: ScannedObject, span?: JsonSpan): EditableObject {
  return { span, bodyStart: scan.bodyStart, isEmpty: scan.isEmpty };
}

/** `null` where an object may stand: an edit replaces it whole. */
function nullObject(span: JsonSpan): EditableObject {
  return { span, bodyStart: -1, isEmpty: true };
}

function present(...spans: (JsonSpan | undefined)[]): JsonSpan[] {
  return spans.filter((span) => span !== undefined);
}
