export { createJournal, type Journal, type JournalOptions, type JournalStatus } from './journal.ts';
export { FolderInUse } from './lock.ts';
export { type JournalEntry, type JournalFile, readJournal } from './read.ts';
