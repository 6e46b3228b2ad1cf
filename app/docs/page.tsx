import type { Metadata } from 'next';
import Link from 'next/link';
import { Brand } from '@/components/layout/brand';
import { buildOpenApi } from '@/lib/api/openapi';
import { buildReference } from '@/lib/api/reference';
import { getEnv } from '@/lib/env';
import { version } from '@/lib/operations/version';
import { Contents } from './contents';
import { Introduction } from './introduction';
import { Operation } from './operation';

export const metadata: Metadata = { title: 'API' };

// The base URL is a setting of this machine, not of the one that built it.
export const dynamic = 'force-dynamic';

export default function DocsPage() {
  const reference = buildReference(buildOpenApi({ baseUrl: getEnv().publicUrl, version }));
  return (
    <div className="mx-auto max-w-7xl px-4 sm:px-6">
      <a href="#content" className="sr-only focus:not-sr-only">
        Skip to the routes
      </a>
      <header className="border-line flex items-center justify-between border-b py-4">
        <Link href="/" aria-label="Herald, home">
          <Brand />
        </Link>
        <span className="text-muted text-sm">API reference</span>
      </header>
      <div className="pt-6 lg:flex lg:gap-10 lg:pt-0">
        <Contents groups={reference.groups} />
        <main id="content" className="min-w-0 flex-1 pb-24 lg:pt-8">
          <Introduction reference={reference} />
          {reference.groups.map(({ tag, operations }) => (
            <section key={tag} aria-labelledby={headingId(tag)} className="mt-6">
              <h2 id={headingId(tag)} className="mb-4 text-xl font-semibold tracking-tight">
                {tag}
              </h2>
              {operations.map((operation) => (
                <Operation key={operation.id} operation={operation} />
              ))}
            </section>
          ))}
        </main>
      </div>
    </div>
  );
}

/** Without spaces: those would make a list of ids of it. */
function headingId(tag: string): string {
  return `tag-${tag.replaceAll(' ', '-')}`;
}
