/** Who answers, where, and with which key: what every coding tool is told in its own words. */
export interface Connection {
  /** What the provider is called in files that name providers, for example `ai-bridge`. */
  readonly id: string;
  /** What people read, for example "AI-Bridge". */
  readonly label: string;
  /** Speaks every protocol for every model, so that each tool is set up with its own. */
  readonly isRelay: boolean;
  /** Base addresses without a slash at their end. Undefined: this provider does not speak it. */
  readonly anthropicUrl: string | undefined;
  /** With its `/v1`, as clients of OpenAI want it. */
  readonly openaiUrl: string | undefined;
  readonly openaiWire: 'responses' | 'chat';
  readonly geminiUrl: string | undefined;
  /** How an Anthropic client presents the key: `x-api-key`, or `Authorization: Bearer`. */
  readonly auth: KeyKind;
  readonly key: string;
  /** Undefined: the tool's own choice, where it has one. */
  readonly model: string | undefined;
  /** For small side requests. */
  readonly fastModel: string | undefined;
  /** By model, where the provider tells: tools that know nothing of a model assume some size, or none. */
  readonly modelSizes?: ModelSizes | undefined;
}

export interface ModelSize {
  readonly contextTokens: number;
  readonly maxOutputTokens?: number | undefined;
}
export type ModelSizes = { readonly [model: string]: ModelSize };

export const keyKinds = ['api_key', 'auth_token'] as const;
export type KeyKind = (typeof keyKinds)[number];

export interface RelayInput {
  /** The worker's address, without a slash at its end. */
  readonly url: string;
  readonly key: string;
  readonly model?: string | undefined;
  readonly fastModel?: string | undefined;
  readonly modelSizes?: ModelSizes | undefined;
}

/** A connection with this product's own worker. */
export function relayConnection({ url, key, model, fastModel, modelSizes }: RelayInput): Connection {
  return {
    ...{ id: 'ai-bridge', label: 'AI-Bridge', isRelay: true },
    ...{ anthropicUrl: url, openaiUrl: `${url}/v1`, openaiWire: 'responses', geminiUrl: url },
    ...{ auth: 'auth_token', key, model, fastModel, modelSizes },
  };
}
