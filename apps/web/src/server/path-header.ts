/** Where the proxy tells pages which path with query was asked for, to come back to after signing in. */
export const pathHeader = 'x-bridge-path';
