/** The part of a refund's page where it is decided, in addresses that lead there. */
export const decisionId = 'decision';
