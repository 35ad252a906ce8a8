#!/usr/bin/env node
// In the repository the sources run as they are; what is packed has the bundle alone.
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

const sources = new URL('./src/main.ts', import.meta.url);
if (fs.existsSync(fileURLToPath(sources))) {
  const { register } = await import('tsx/esm/api').catch(() => {
    console.error('The packages of this checkout are not installed yet: npm start does it.');
    process.exit(1);
  });
  register();
  await import(sources.href);
} else {
  await import(new URL('./dist/main.js', import.meta.url).href);
}
