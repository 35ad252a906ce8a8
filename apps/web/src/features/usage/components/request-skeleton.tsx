import { Skeleton, SkeletonRows } from '#ui/states.tsx';

const factRows = 4;
const receiptRows = 6;

/** The page's geometry while its request is on the way. */
export function RequestSkeleton() {
  return (
    <div aria-hidden="true">
      <Skeleton className="h-7.5 w-64 max-w-full" />
      <Skeleton className="mt-1.5 mb-8 h-5 w-96 max-w-full" />
      <div className="mb-8 grid grid-cols-2 gap-x-8 gap-y-6 sm:grid-cols-3">
        <Skeleton className="h-20 w-32" />
        <Skeleton className="h-20 w-24" />
        <Skeleton className="h-20 w-24" />
      </div>
      <SkeletonRows rows={factRows} className="h-7" />
      <div className="mt-10">
        <Skeleton className="mb-4 h-9 w-32" />
        <SkeletonRows rows={receiptRows} />
      </div>
    </div>
  );
}
