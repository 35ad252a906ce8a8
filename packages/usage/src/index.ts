export * from './daily.ts';
export * from './first-byte.ts';
export * from './model-health.ts';
export * from './objects.ts';
export * from './receipt.ts';
export * from './record.ts';
export * from './requests.ts';
