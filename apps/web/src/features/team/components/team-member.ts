import type { ApiOutput } from '#components/api.ts';

export type TeamMember = ApiOutput['team']['read']['members'][number];

/** A dialog about one member. */
export interface MemberDialogProps {
  readonly member: TeamMember;
  readonly onClose: () => void;
}
