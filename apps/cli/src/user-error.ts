/** A fault that its reader can mend: said in one line, in their language, with exit code 1. */
export class UserError extends Error {}
