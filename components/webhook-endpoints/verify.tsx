import Link from 'next/link';
import { CodeSample } from '@/components/api-keys/code-sample';
import { VERIFY_IN_NODE } from './verify-sample';

/** How a receiver makes sure that a request is Herald's. */
export function Verify() {
  return (
    <section aria-labelledby="verify" className="max-w-3xl space-y-3">
      <h3 id="verify" className="font-semibold">
        How to verify
      </h3>
      <p className="max-w-[70ch] text-muted">
        Each request is signed as <span className="whitespace-nowrap">Standard Webhooks</span>, which has
        libraries for most languages. In Node without one:
      </p>
      <CodeSample code={VERIFY_IN_NODE} what="code that verifies" />
      <p className="max-w-[70ch] text-muted">
        Answer 2xx within ten seconds. A request may come twice: its <code>webhook-id</code> is then the same.
        The endpoints can also be managed by{' '}
        <Link href="/docs" prefetch={false} className="text-accent underline underline-offset-2">
          the API
        </Link>
        .
      </p>
    </section>
  );
}
