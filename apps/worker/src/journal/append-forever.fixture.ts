import { createJournal } from './index.ts';

// Appends without end and says which lines are durable: what the test kills.
const folder = process.argv[2] as string;
process.stdout.write(`pid ${process.pid}\n`);
const journal = await createJournal({ folder, segmentBytes: 64 * 1024, onError: () => {} });
let next = 0;
const one = () => {
  const requestId = `req_${process.pid}_${next++}`;
  journal.append(JSON.stringify({ k: 'outcome', requestId }), (error) => {
    if (!error) process.stdout.write(`${requestId}\n`);
    one();
  });
};
for (let lane = 0; lane < 50; lane++) one();
