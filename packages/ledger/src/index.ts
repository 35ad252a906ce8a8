export * from './balance.ts';
export * from './capture.ts';
export * from './channels.ts';
export * from './credit.ts';
export * from './lease.ts';
export * from './statement.ts';
export * from './verify-books.ts';
export * from './worker-life.ts';
