import { startFakeUpstream } from './index.ts';

// The fake upstream as a process of its own: `node --import tsx main.ts [port]` prints its address.
const upstream = await startFakeUpstream({ port: Number(process.argv[2] ?? 0) });
console.log(upstream.url);
process.once('SIGTERM', () => void upstream.stop().then(() => process.exit(0)));
