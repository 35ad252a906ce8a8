/** The most that a note says, as packages/access has it: a page cannot load that package. */
export const maxNoteLength = 4_000;
