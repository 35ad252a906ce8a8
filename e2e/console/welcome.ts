import fs from 'node:fs';
import path from 'node:path';

export interface Welcome {
  readonly consoleUrl: string;
  readonly workerUrl: string;
  readonly admin: { readonly email: string; readonly password: string };
  readonly customer: { readonly email: string; readonly password: string };
  readonly apiKey: string;
}

/** What a first local start left for whoever started it. */
export function readWelcome(): Welcome {
  const folder = process.env.DATA_DIR;
  if (!folder) throw new Error('DATA_DIR must name the data folder of the product under test.');
  return JSON.parse(fs.readFileSync(path.join(folder, 'welcome.json'), 'utf8')) as Welcome;
}

/** Where the worker of the product under test is reached. */
export function workerUrl(): string {
  return process.env.WORKER_URL ?? readWelcome().workerUrl;
}
