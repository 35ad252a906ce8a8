/** Everything that packages/access refuses, as a closed set; each edge (console, REST, config) words it once. */
export const accessErrorCodes = [
  'email_invalid',
  'email_taken',
  'name_invalid',
  'password_invalid',
  'settings_invalid',
  'organization_owned_by_file',
  'key_malformed',
  'key_taken',
  'key_limit_reached',
  'key_owned_by_file',
  'key_unusable',
  'key_rotated_too_often',
  'own_key_malformed',
  'own_key_is_relay_key',
  'own_key_other_provider',
  'own_key_limit_reached',
  'last_administrator',
  'ticket_invalid',
  'password_wrong',
  'code_wrong',
  'two_factor_on',
  'two_factor_off',
  'last_way_in',
  'invitation_invalid',
  'invitation_limit_reached',
  'other_address',
  'member_already',
  'member_limit_reached',
  'last_owner',
  'only_owner',
  'organization_owned',
  'password_needed',
  'email_mismatch',
  'staff_account',
  'not_found',
] as const;

export type AccessErrorCode = (typeof accessErrorCodes)[number];

/** A refusal that the person who asked may read. `reason` says in English what was expected; it never quotes a secret. */
export class AccessError extends Error {
  override readonly name = 'AccessError';
  readonly code: AccessErrorCode;
  readonly reason: string;
  /** Where in the input it was, for input that has places (a config file, a form). */
  readonly path: string | undefined;

  constructor(code: AccessErrorCode, reason: string, path?: string) {
    super(path === undefined ? reason : `${path}: ${reason}`);
    this.code = code;
    this.reason = reason;
    this.path = path;
  }
}
