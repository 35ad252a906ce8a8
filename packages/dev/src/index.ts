export * from './ports.ts';
export * from './postgres/index.ts';
