import type { Price, Protocol, Takes, Terms } from '@ai-bridge/domain';
import type { ChannelLimits } from './channels/channel-limits.ts';
import type { SiteSettings } from './setting-definitions.ts';

/** Bounds of one attempt on a channel, in milliseconds. */
export interface Timeouts {
  readonly firstByteMs: number;
  readonly idleMs: number;
  readonly totalMs: number;
}

export const defaultTimeouts: Timeouts = { firstByteMs: 60_000, idleMs: 120_000, totalMs: 900_000 };

/** How the credential goes upstream. */
export type AuthStyle = 'x-api-key' | 'bearer' | 'x-goog-api-key';

/**
 * What becomes of the instructions that Codex sends: auto = the official ones in their place once the upstream has refused them,
 * force_official = those at once, keep_original = left as they are.
 */
export const codexInstructions = ['auto', 'force_official', 'keep_original'] as const;
export type CodexInstructions = (typeof codexInstructions)[number];

/** A channel as a worker uses it; `credential` is opened from its seal. */
export interface ChannelSnapshot {
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  readonly isDemo: boolean;
  /** Takes no new requests; what it keeps (files, batches, stored responses) stays within reach. */
  readonly isDraining: boolean;
  readonly protocols: readonly Protocol[];
  /** Without a trailing slash; the protocol's own path is appended (a base that ends in a version, such as /v1 or /v4, has that part already). */
  readonly baseUrl: string;
  readonly authStyle: AuthStyle;
  readonly credential: string | undefined;
  readonly allowPrivate: boolean;
  /** Public model id -> upstream model id. */
  readonly models: ReadonlyMap<string, string>;
  /** Serves every model, under the public id. */
  readonly servesAll: boolean;
  readonly priority: number;
  readonly weight: number;
  readonly timeouts: Timeouts;
  /** The pool of proxies that its requests go out through; undefined: directly. */
  readonly egressPool: string | undefined;
  /** Ids of the groups whose keys may reach it. */
  readonly groups: ReadonlySet<string>;
  readonly codexInstructions: CodexInstructions;
  /** What its upstream asks of the operator: 10000 is list price, 0 nothing (the demo, and customers' own keys). */
  readonly costBasisPoints: number;
  /** What the account with its upstream allows; undefined: nothing is counted. */
  readonly limits: ChannelLimits | undefined;
}

/** A proxy as a worker uses it; `url` is opened from its seal and holds the password. */
export interface ProxySnapshot {
  readonly id: string;
  readonly name: string;
  readonly pool: string;
  readonly url: string;
  /** The proxy itself may be at a private address. */
  readonly allowPrivate: boolean;
}

/** What a key is bound to: some models, the channels that are open to it, a multiplier. */
export interface GroupSnapshot {
  readonly id: string;
  readonly displayName: string;
  /** Public model ids that its keys see; empty = all that its channels serve. */
  readonly models: ReadonlySet<string>;
  /** How its requests are charged. */
  readonly terms: Terms;
}

export interface ModelSnapshot {
  readonly id: string;
  readonly provider: string;
  readonly displayName: string;
  readonly contextTokens: number | undefined;
  readonly maxOutputTokens: number | undefined;
  readonly takes: Takes;
  readonly fallback: readonly string[];
  readonly createdAt: Date;
  /** The price in force; undefined refuses the model. */
  readonly price: Price | undefined;
}

/** Everything a worker needs to plan a route, loaded whole and replaced whole. */
export interface CatalogSnapshot {
  readonly loadedAt: Date;
  readonly channels: readonly ChannelSnapshot[];
  /** Ascending by name. */
  readonly proxies: readonly ProxySnapshot[];
  readonly models: ReadonlyMap<string, ModelSnapshot>;
  /** Alias -> public model id. */
  readonly aliases: ReadonlyMap<string, string>;
  /** The enabled ones. */
  readonly groups: ReadonlyMap<string, GroupSnapshot>;
  readonly settings: SiteSettings;
  /** The prices and multipliers that are announced, ascending by date: what takes them up is the clock (`snapshotAt`). */
  readonly ahead: readonly CatalogChange[];
}

/** The model that a client means: by its id, or by another name that it answers to. */
export function modelNamed({ models, aliases }: CatalogSnapshot, name: string): ModelSnapshot | undefined {
  return models.get(name) ?? models.get(aliases.get(name) ?? '');
}

/** What is another from a date on. */
export interface CatalogChange {
  readonly at: Date;
  /** By model; undefined: it cannot be read, and the model is refused from then on. */
  readonly prices: ReadonlyMap<string, Price | undefined>;
  /** By group. */
  readonly terms: ReadonlyMap<string, Terms>;
}

/** Postgres NOTIFY channel on which every change of channels, models, prices and settings is told. */
export const catalogChangedChannel = 'bridge_catalog';
