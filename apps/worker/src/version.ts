import manifest from '../package.json' with { type: 'json' };

/** This program's, and that of the Node it runs on: for staff to tell workers apart while they are being replaced. */
export const version = `${manifest.version} (Node ${process.versions.node})`;
