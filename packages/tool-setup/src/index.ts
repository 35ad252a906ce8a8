export * from './connection.ts';
export * from './settings.ts';
export * from './setup-of.ts';
export * from './tool-model.ts';
