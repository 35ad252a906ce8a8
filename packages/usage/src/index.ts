export * from './batches/open.ts';
export * from './batches/poll.ts';
export * from './daily.ts';
export * from './objects.ts';
export * from './receipt.ts';
export * from './record.ts';
export * from './requests.ts';
