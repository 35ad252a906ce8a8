/** The parts of a BRIDGE_CONFIG that tests use; JSON is YAML. */
export interface BridgeConfig {
  readonly channels: readonly ChannelConfig[];
  readonly models: readonly ModelConfig[];
  readonly organizations: readonly OrganizationConfig[];
  readonly egress?: readonly Readonly<Record<string, unknown>>[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly groups?: readonly Readonly<Record<string, unknown>>[];
}

export interface ChannelConfig {
  readonly name: string;
  readonly preset: string;
  readonly protocol?: string;
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly allowPrivate: boolean;
  readonly models: Readonly<Record<string, string>> | readonly string[] | '*';
  readonly priority?: number;
  readonly weight?: number;
  readonly egress?: string;
  readonly groups?: readonly string[];
  readonly enabled?: boolean;
  readonly codexInstructions?: 'auto' | 'force_official' | 'keep_original';
  readonly costBasisPoints?: number;
  readonly limits?: Readonly<Record<string, number | string>>;
  readonly timeouts?: { readonly firstByteMs?: number; readonly idleMs?: number; readonly totalMs?: number };
}

export interface ModelConfig {
  readonly id: string;
  readonly price: Readonly<Record<string, unknown>>;
  readonly aliases?: readonly string[];
  readonly contextTokens?: number;
  readonly capabilities?: Readonly<Partial<Record<'images' | 'tools' | 'documents', boolean | null>>>;
  readonly fallback?: readonly string[];
}

export interface OrganizationConfig {
  readonly name: string;
  readonly grantTokens: number;
  readonly limits?: Readonly<Record<string, number>>;
  readonly keys: readonly Readonly<Record<string, unknown>>[];
}

/** The upstream's own key, which no client may ever see. */
export const upstreamKey = 'sk-CANARY-UPSTREAM-KEY-0001';

/** USD per million tokens; receipts are checked against these. */
export const prices = {
  'claude-test': { input: 3, output: 15, cacheRead: 0.3, cacheWrite5m: 3.75, cacheWrite1h: 6 },
  'gpt-test': { input: 0.15, output: 0.6, cacheRead: 0.075 },
  'gemini-test': { input: 1.25, output: 10 },
  /** Only its output costs, one plan token each: a reservation of it is exact. */
  'exact-test': { input: 0, output: 1 },
} as const;

export const modelIds = Object.keys(prices) as (keyof typeof prices)[];

/** A channel per vendor at this upstream, each for the models that speak its protocols. */
export function channelsAt(url: string, suffix = ''): ChannelConfig[] {
  const channel = (preset: string, models: readonly string[]): ChannelConfig => ({
    name: `${preset}${suffix}`,
    preset,
    baseUrl: url,
    apiKey: upstreamKey,
    allowPrivate: true,
    models,
  });
  return [
    channel('anthropic', ['claude-test', 'exact-test']),
    channel('openai', ['gpt-test']),
    channel('gemini', ['gemini-test']),
  ];
}

/** An organization with one key of a known secret; plan tokens are micro-USD. */
export function organization(
  name: string,
  grantTokens: number,
  key: Readonly<Record<string, unknown>>,
  limits = {},
): OrganizationConfig {
  return { name, grantTokens, limits, keys: [{ name: `${name}-key`, ...key }] };
}

export const modelsConfig: ModelConfig[] = modelIds.map((id) => ({ id, price: prices[id], fallback: [] }));
