export { type Refusal, Reservation } from './account.ts';
export type { CreditBook, CreditBookOptions, CreditStatus, Settling } from './credit-book.ts';
export { createDatabaseHealth, type DatabaseHealth, isDataError } from './database-health.ts';
export { createCreditBook } from './leased-credit-book.ts';
