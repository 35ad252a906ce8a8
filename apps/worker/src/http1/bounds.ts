/** The bounds of the worker's HTTP, in one place. */

/** A request's first line and headers. */
export const maxHeadBytes = 32 * 1024;
/** What is kept of requests that a client sends before the one before is answered. */
export const maxPipelinedBytes = 64 * 1024;
/** From the first byte of a request to the last one of its head; for the first one from connecting on. */
export const headTimeoutMs = 15_000;
/** From the first byte of a request to its last one. */
export const requestTimeoutMs = 120_000;
/** How long an idle connection of a client is kept; told to it with every answer. */
export const keepAliveTimeoutMs = 75_000;
/** How much longer it is kept really: a request that was sent at the last moment still arrives. */
export const keepAliveGraceMs = 3_000;
/** How long the rest of a request that was answered early is read and thrown away, so that its answer is not lost to a reset. */
export const lingerMs = 2_000;
/** How long a client may take for the rest of an answer that has been written whole. */
export const leaveTimeoutMs = 120_000;
/** How often connections are looked over; a timeout may be late by as much. */
export const sweepEveryMs = 1_000;
