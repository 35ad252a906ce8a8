/** The most that is said of why somebody looks. */
export const maxLookReasonLength = 500;
