import type { Reference } from '@/lib/api/reference';
import { Method } from './method';

/** The list of routes: beside the page where there is room, else folded above it. */
export function Contents({ groups }: Pick<Reference, 'groups'>) {
  return (
    <>
      <details className="border-line bg-surface mb-6 rounded-lg border p-3 lg:hidden">
        <summary className="font-medium">Routes</summary>
        <nav aria-label="Routes" className="mt-3">
          <Groups groups={groups} />
        </nav>
      </details>
      <nav
        aria-label="Routes"
        className="sticky top-0 hidden max-h-dvh w-72 shrink-0 overflow-y-auto px-1 py-8 lg:block"
      >
        <Groups groups={groups} />
      </nav>
    </>
  );
}

function Groups({ groups }: Pick<Reference, 'groups'>) {
  return groups.map(({ tag, operations }) => (
    <div key={tag} className="mb-5">
      <p className="mb-1 text-xs font-semibold">{tag}</p>
      <ul>
        {operations.map(({ id, method, summary }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className="text-muted hover:bg-sunken hover:text-ink flex items-baseline gap-2 -mx-1 rounded px-1 py-1 text-[0.8125rem]"
            >
              <Method method={method} />
              <span className="min-w-0">{summary}</span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  ));
}
