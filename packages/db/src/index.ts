export * from './database-state.ts';
export * from './integer-list.ts';
export * from './keyset.ts';
export * from './listen.ts';
export * from './pool.ts';
export * from './prisma.ts';
export * from './snapshot.ts';
export * from './sql.ts';
