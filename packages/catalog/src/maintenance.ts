import type { SiteSettings } from './setting-definitions.ts';

/** That something is worked on, as people are told. */
export interface Maintenance {
  /** New requests to the relay are refused, too. */
  readonly holdsRelay: boolean;
  /** By language; empty where nothing was written in that one. */
  readonly text: { readonly zh: string; readonly en: string };
  /** Undefined: nobody knows, or it takes longer than was expected. */
  readonly until: Date | undefined;
}

type MaintenanceSettings = Pick<
  SiteSettings,
  'maintenance' | 'maintenanceTextZh' | 'maintenanceTextEn' | 'maintenanceUntil'
>;

/** What is worked on now; undefined: nothing. */
export function maintenanceOf(settings: MaintenanceSettings, now: Date): Maintenance | undefined {
  if (settings.maintenance === 'off') return undefined;
  const until = settings.maintenanceUntil === '' ? undefined : new Date(settings.maintenanceUntil);
  return {
    holdsRelay: settings.maintenance === 'consoleAndRelay',
    text: { zh: settings.maintenanceTextZh, en: settings.maintenanceTextEn },
    until: until && until > now ? until : undefined,
  };
}

/** A minute, where nobody knows how long it takes. */
const unknownWaitSeconds = 60;
/** It may be over sooner than expected: nobody is sent away for longer. */
const maxWaitSeconds = 30 * 60;

/** After how many whole seconds it is worth coming back: at the expected end, from 1 s to half an hour. */
export function secondsToComeBack({ until }: Pick<Maintenance, 'until'>, now: Date): number {
  if (until === undefined) return unknownWaitSeconds;
  const seconds = Math.ceil((until.getTime() - now.getTime()) / 1_000);
  return Math.min(maxWaitSeconds, Math.max(1, seconds));
}
