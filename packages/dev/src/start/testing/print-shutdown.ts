import { createShutdown } from '../shutdown.ts';

// Tells what asked it to stop, for the test of the shutdown.
const shutdown = createShutdown(() => console.log('forced'));
shutdown.onStop(() => console.log('first registered'));
shutdown.onStop(() => {
  throw new Error('this one breaks');
});
shutdown.onStop(() => console.log('last registered'));
const alive = setInterval(() => {}, 1000);
console.log(`pid ${process.pid}`);
console.log(`asked by ${await shutdown.requested}`);
await shutdown.stop();
clearInterval(alive);
process.exit();
