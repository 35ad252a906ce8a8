/** The most that is said of why staff do something to a customer or a person. */
export const maxActReasonLength = 1_000;
