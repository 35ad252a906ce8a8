export * from './ports.ts';
export * from './postgres/index.ts';
export { findRedisServer } from './redis-server.ts';
