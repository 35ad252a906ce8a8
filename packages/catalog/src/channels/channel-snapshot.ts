import { isProtocol } from '@ai-bridge/domain';
import { endpointOf, presetOf } from '../presets.ts';
import { openCredential } from '../seal.ts';
import type { AuthStyle, ChannelSnapshot } from '../snapshot.ts';
import { limitsOfColumns } from './channel-limits.ts';
import { codexInstructionsOf, everyModel, modelsOfJson, timeoutsOfJson } from './columns.ts';
import type { ChannelRow } from './write-channel.ts';

/** A model of the catalog, as far as channels that serve all of a provider's need it. */
export interface KnownModel {
  readonly id: string;
  readonly provider: string;
}

/** A channel's row as a worker uses it. Throws SealError when its credential does not open. */
export function channelSnapshot(row: ChannelRow, models: readonly KnownModel[], sealingKey: string): ChannelSnapshot {
  const { id, name, provider, baseUrl, allowPrivate, priority, weight, costBasisPoints } = row;
  const protocols = row.protocols.filter(isProtocol);
  return {
    ...{ id, name, provider, baseUrl, allowPrivate, priority, weight, protocols, costBasisPoints },
    ...served(row, models),
    isDemo: row.origin === 'demo',
    isDraining: row.drainingSince !== null,
    authStyle: authStyleOf(row),
    credential:
      row.credentialSealed === null
        ? undefined
        : openCredential(sealingKey, { channelId: id, baseUrl }, row.credentialSealed),
    timeouts: timeoutsOfJson(row.timeouts),
    egressPool: row.egressPool ?? undefined,
    groups: new Set(row.groups),
    codexInstructions: codexInstructionsOf(row.codexInstructions),
    limits: limitsOfColumns(row),
  };
}

/** The channels that take part: the demo stands back where there is any other. */
export function takingPart<Row extends { readonly origin: string }>(rows: readonly Row[]): readonly Row[] {
  const real = rows.filter(({ origin }) => origin !== 'demo');
  return real.length > 0 ? real : rows;
}

/** `*` of a vendor is that vendor's own models; of anyone who resells, every model there is. */
export function served(
  row: Pick<ChannelRow, 'models' | 'preset'>,
  known: readonly KnownModel[],
): Pick<ChannelSnapshot, 'models' | 'servesAll'> {
  const { [everyModel]: all, ...listed } = modelsOfJson(row.models);
  const preset = presetOf(row.preset);
  const servesAll = all !== undefined && (preset?.servesOthers ?? true);
  const own = all !== undefined && !servesAll ? known.filter(({ provider }) => provider === preset?.provider) : [];
  return { servesAll, models: new Map([...own.map(({ id }) => [id, id] as const), ...Object.entries(listed)]) };
}

function authStyleOf(row: ChannelRow): AuthStyle {
  const protocol = row.protocols.find(isProtocol);
  const preset = presetOf(row.preset) ?? presetOf('custom');
  return (preset && endpointOf(preset, protocol)?.authStyle) ?? 'bearer';
}
