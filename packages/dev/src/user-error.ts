/** Something the person at the terminal can mend: its message is one clear line, shown without a stack. */
export class UserError extends Error {
  override readonly name = 'UserError';
}
