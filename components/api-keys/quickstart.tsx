import Link from 'next/link';
import type { ReactNode } from 'react';
import { CodeSample } from './code-sample';
import { makeCampaign, whoAmI } from './samples';

interface QuickstartProps {
  baseUrl: string;
  /** The button that makes the first key. */
  action: ReactNode;
}

/** What to do when there is no key yet. */
export function Quickstart({ baseUrl, action }: QuickstartProps) {
  return (
    <div className="rounded-lg border border-dashed p-4">
      <p className="max-w-[70ch] text-muted">
        There is no API key yet. With one, your own programs do whatever these pages do, in three steps:
      </p>
      <ol className="mt-6 max-w-3xl space-y-8">
        <Step number={1} title="Make a key">
          {action}
        </Step>
        <Step number={2} title="See that it works">
          <CodeSample code={whoAmI(baseUrl)} what="first call" />
        </Step>
        <Step number={3} title="Make a campaign">
          <CodeSample code={makeCampaign(baseUrl)} what="call that makes a campaign" />
          <p className="mt-3 text-muted">
            Take the template’s number from <code>GET /api/templates</code>. Every route is in{' '}
            <DocsLink>the API reference</DocsLink>.
          </p>
        </Step>
      </ol>
    </div>
  );
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li className="flex gap-3">
      <span
        aria-hidden
        className="grid size-6 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent"
      >
        {number}
      </span>
      <div className="min-w-0 grow">
        <h3 className="mb-3 leading-6 font-medium">{title}</h3>
        {children}
      </div>
    </li>
  );
}

export function DocsLink({ children }: { children: ReactNode }) {
  return (
    <Link href="/docs" prefetch={false} className="text-accent underline underline-offset-2">
      {children}
    </Link>
  );
}
