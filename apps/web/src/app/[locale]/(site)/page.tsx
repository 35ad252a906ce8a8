import { Home } from '#features/site/components/home.tsx';
import { currentSession } from '#server/context.ts';

export default async function HomePage() {
  return <Home signedIn={(await currentSession()) !== undefined} />;
}
