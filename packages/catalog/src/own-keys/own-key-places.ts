import type { OwnKeyPreset, Protocol } from '@ai-bridge/domain';
import { type OperatorAddresses, readOperatorAddress } from '../operator-address.ts';
import { type Preset, presets } from '../presets.ts';
import { openCredential, sealCredential } from '../seal.ts';
import { type AuthStyle, type ChannelSnapshot, defaultTimeouts } from '../snapshot.ts';

/** Where customers' own keys of one provider are used: there and nowhere else. */
export interface OwnKeyPlace {
  readonly provider: string;
  readonly label: string;
  readonly protocols: readonly Protocol[];
  readonly baseUrl: string;
  readonly allowPrivate: boolean;
  readonly authStyle: AuthStyle;
}

export type OwnKeyPlaces = Readonly<Record<OwnKeyPreset, OwnKeyPlace>>;

/**
 * The provider's own address, or the one that the operator's environment puts in its place. Who seals and who opens must read the same
 * environment: a seal is bound to the origin.
 * @throws Error that names the variable whose address cannot be used
 */
export function readOwnKeyPlaces(environment: OperatorAddresses): OwnKeyPlaces {
  return {
    anthropic: placeOf(presets.anthropic, 'ANTHROPIC_BASE_URL', environment),
    openai: placeOf(presets.openai, 'OPENAI_BASE_URL', environment),
    gemini: placeOf(presets.gemini, 'GEMINI_BASE_URL', environment),
  };
}

function placeOf(preset: Preset, variable: keyof OperatorAddresses, environment: OperatorAddresses): OwnKeyPlace {
  const { label, provider, endpoints } = preset;
  const [endpoint] = endpoints;
  const address = readOperatorAddress(variable, environment[variable]?.trim() || endpoint?.baseUrl || '');
  const { protocols = [], authStyle = 'bearer' } = endpoint ?? {};
  return { provider, label, protocols, authStyle, ...address };
}

/** A customer's key as it is stored. Only a worker opens it, for this row and the provider's origin. */
export function sealOwnKey(publicKey: string, place: OwnKeyPlace, ownKeyId: string, credential: string): string {
  return sealCredential(publicKey, { ownKeyId, baseUrl: place.baseUrl }, credential);
}

/**
 * A customer's own key as a worker uses it: a channel of the provider that serves all of its models under their public ids.
 * @param sealingKey BRIDGE_SEALING_KEY
 * @throws SealError where the seal does not open
 */
export function ownKeyChannel(
  key: { readonly id: string; readonly name: string; readonly credentialSealed: string },
  { provider, protocols, baseUrl, allowPrivate, authStyle }: OwnKeyPlace,
  sealingKey: string,
): ChannelSnapshot {
  const { id, name } = key;
  return {
    ...{ id, name, provider, protocols, baseUrl, allowPrivate, authStyle },
    isDemo: false,
    isDraining: false,
    credential: openCredential(sealingKey, { ownKeyId: id, baseUrl }, key.credentialSealed),
    models: new Map(),
    servesAll: true,
    priority: 0,
    weight: 1,
    timeouts: defaultTimeouts,
    groups: new Set(),
    // Never through the house's proxies: they are not the customer's to trust.
    egressPool: undefined,
    codexInstructions: 'keep_original',
    // The provider bills the customer.
    costBasisPoints: 0,
    limits: undefined,
  };
}
