export { createJournal, type Journal, type JournalOptions, type JournalStatus } from './journal.ts';
export { FolderInUse, lockFolder } from './lock.ts';
export { type JournalEntry, type JournalFile, readJournal } from './read.ts';
export { segmentPaths } from './segment.ts';
