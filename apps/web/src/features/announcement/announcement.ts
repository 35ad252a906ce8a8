import type { BothLanguages } from '#components/both-languages.ts';

/** Who reads it; staff read what customers read, and customers what everyone reads. */
export const audiences = ['everyone', 'customers', 'staff'] as const;
export type Audience = (typeof audiences)[number];

export const importances = ['notice', 'warning'] as const;
export type Importance = (typeof importances)[number];

export type AnnouncementState = 'draft' | 'published' | 'withdrawn';

export const maxTitleCharacters = 120;
export const maxBodyCharacters = 10_000;

/** An announcement as its readers see it. */
export interface PublishedAnnouncement {
  readonly id: string;
  readonly title: BothLanguages;
  readonly body: BothLanguages;
  readonly importance: Importance;
  readonly publishedAt: Date;
}

/** What a reader may read, by who they are. */
export function audiencesOf(reader: { readonly isSignedIn: boolean; readonly isStaff: boolean }): readonly Audience[] {
  if (reader.isStaff) return audiences;
  return reader.isSignedIn ? ['everyone', 'customers'] : ['everyone'];
}

/** Where an announcement stands at a moment: a published one waits for its beginning, and is over after its end. */
export type DeskState = 'draft' | 'soon' | 'shown' | 'over' | 'withdrawn';

export function deskStateOf(
  { state, activeFrom, activeUntil }: { state: AnnouncementState; activeFrom: Date | null; activeUntil: Date | null },
  nowMs: number,
): DeskState {
  if (state !== 'published') return state;
  if (activeFrom && activeFrom.getTime() > nowMs) return 'soon';
  return activeUntil && activeUntil.getTime() <= nowMs ? 'over' : 'shown';
}
