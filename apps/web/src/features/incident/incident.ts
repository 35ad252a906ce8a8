import type { BothLanguages } from '#components/both-languages.ts';

/** In the order that an incident goes through them; it may go back until it is resolved. */
export const incidentStates = ['investigating', 'identified', 'monitoring', 'resolved'] as const;
export type IncidentState = (typeof incidentStates)[number];

export const maxTitleCharacters = 120;
export const maxUpdateCharacters = 4_000;
/** Models, and providers, that one incident names. */
export const maxAffected = 100;

export interface IncidentUpdateView {
  readonly id: string;
  readonly at: Date;
  readonly state: IncidentState;
  readonly text: BothLanguages;
}

/** An incident as everyone may read it. With no models and no providers it is about everything. */
export interface IncidentView {
  readonly id: string;
  readonly title: BothLanguages;
  readonly state: IncidentState;
  readonly models: readonly string[];
  readonly providers: readonly string[];
  readonly startedAt: Date;
  readonly resolvedAt: Date | null;
  /** The newest first. */
  readonly updates: readonly IncidentUpdateView[];
}

export const isOpen = ({ state }: Pick<IncidentView, 'state'>): boolean => state !== 'resolved';

/**
 * Whether an incident touches somebody, by what they used lately.
 * @param used public model ids with the provider that each is of, undefined where that is not known
 */
export function touches(
  { models, providers }: Pick<IncidentView, 'models' | 'providers'>,
  used: readonly { readonly model: string; readonly provider: string | undefined }[],
): boolean {
  if (models.length === 0 && providers.length === 0) return true;
  return used.some(
    ({ model, provider }) => models.includes(model) || (provider !== undefined && providers.includes(provider)),
  );
}
