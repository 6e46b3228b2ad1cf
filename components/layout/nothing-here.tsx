import Link from 'next/link';
import { buttonLook } from '@/components/ui/button';

/** An address that leads nowhere, or to what is somebody else's. */
export function NothingHere() {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-4 px-6 py-24 text-center">
      <h1 className="text-xl font-semibold">There is nothing here</h1>
      <p className="text-muted">It was deleted, it belongs to another workspace, or the address is wrong.</p>
      <Link href="/campaigns" className={buttonLook('primary')}>
        Go to the campaigns
      </Link>
    </div>
  );
}
