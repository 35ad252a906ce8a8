import { notFound } from 'next/navigation';

/** Whatever no page answers. */
export default function UnknownPage() {
  notFound();
}
