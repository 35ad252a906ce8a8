import { isOwnKeyPreset, type OwnKeyPreset } from '@ai-bridge/domain';

/** A customer's own key as it may be shown: everything but the credential, sealed or not. */
export interface OwnKeyView {
  readonly id: string;
  readonly name: string;
  readonly preset: OwnKeyPreset;
  readonly last4: string;
  readonly isExclusive: boolean;
  readonly enabled: boolean;
  readonly createdAt: Date;
}

/** The columns of a view, so that the seal never leaves the database for one. */
export const ownKeyViewColumns = {
  id: true,
  name: true,
  preset: true,
  last4: true,
  isExclusive: true,
  enabled: true,
  createdAt: true,
} as const;

/** Undefined for a provider that is no longer known. */
export function ownKeyView(row: Omit<OwnKeyView, 'preset'> & { readonly preset: string }): OwnKeyView | undefined {
  const { preset, ...rest } = row;
  return isOwnKeyPreset(preset) ? { ...rest, preset } : undefined;
}
