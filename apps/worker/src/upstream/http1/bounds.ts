/** The bounds of connections to upstreams, in one place. What a request may take is set per channel and kept by the watch (relay/watch.ts). */

/** Name lookup, TCP and TLS. */
export const connectTimeoutMs = 3_000;
/** Idle connections are closed before the usual 60 s to 75 s of servers, so that we do not send into a closing one. */
export const keepAliveTimeoutMs = 30_000;
/** A server that tells for how long it keeps a connection is believed less than it says: what is sent at the last moment arrives too late. */
export const keepAliveMarginMs = 1_000;
/** How often idle connections are looked over; one may be kept for so much longer. */
export const sweepEveryMs = 1_000;
/** Status line and headers of an answer; vendors send some 2 KiB. */
export const maxHeadBytes = 64 * 1024;
/** Answers with a 1xx status before the one that counts. */
export const maxInterimAnswers = 8;
/** Smaller bodies go out in one piece with their head, by one copy; larger ones beside it, by none. */
export const maxJoinedBodyBytes = 16 * 1024;
