/** Called by Next once, when the server starts. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: Next puts the value in its place when it builds
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { startBackground } = await import('./server/background.ts');
    startBackground();
  }
}
