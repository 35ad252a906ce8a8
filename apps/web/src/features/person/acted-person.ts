/** Somebody whom staff may act on. */
export interface ActedPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly isSuspended: boolean;
  readonly isStaff: boolean;
}
