import type { HomeView } from '../server/read-home.ts';
import { Billing } from './billing.tsx';
import { Crossing } from './crossing.tsx';
import { Failover } from './failover.tsx';
import { Hero } from './hero.tsx';
import { LiveFacts } from './live-facts.tsx';
import { Questions } from './questions.tsx';
import { Steps } from './steps.tsx';

/** What it is, for which tools, at what price and whether it works, in one screen; then how. */
export function Home({ home }: { readonly home: HomeView }) {
  return (
    <>
      <Hero isSignedIn={home.isSignedIn} workerUrl={home.workerUrl} />
      <Crossing families={home.families} />
      <LiveFacts home={home} />
      <Steps workerUrl={home.workerUrl} />
      <Failover />
      <Billing home={home} />
      <Questions isSignedIn={home.isSignedIn} />
    </>
  );
}
