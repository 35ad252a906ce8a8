/** For how many minutes an earlier secret may go on working after a rotation. */
export const graces = [0, 15, 60, 1_440, 10_080] as const;
export type Grace = (typeof graces)[number];
