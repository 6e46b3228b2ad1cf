import { CircleAlert } from 'lucide-react';
import type { Sender } from '@/lib/senders/schema';
import { MAX_NAMED_CHANGES, type SyncReport, type TemplateName } from '@/lib/templates/schema';
import { LocalTime } from '@/components/ui/local-time';
import { countOf, formatCount } from '@/components/ui/numbers';
import type { SyncState } from './use-sync';
import { languageWord } from './words';

const KINDS = ['added', 'changed', 'removed'] as const;

/** What a sync came to: what changed, by name, or why it failed and what is shown meanwhile. */
export function SyncOutcome({ state, sender }: { state: SyncState; sender: Sender }) {
  if (state.kind === 'running') return null;
  if (state.kind === 'failed') {
    return (
      <div className="mt-2 flex gap-2 text-danger">
        <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        <p className="max-w-[70ch]">
          The sync failed. {state.message}{' '}
          {sender.synced_at === null ? (
            'Nothing was stored.'
          ) : (
            <>
              The templates below are kept as of <LocalTime value={sender.synced_at} />.
            </>
          )}
        </p>
      </div>
    );
  }
  return <Changes report={state.report} />;
}

function Changes({ report }: { report: SyncReport }) {
  const { totals, templates } = report;
  const told = KINDS.filter((kind) => totals[kind] > 0);
  if (told.length === 0) {
    return <p className="mt-2">Nothing has changed: {countOf(templates, 'template')}.</p>;
  }
  const summary = told.map((kind) => `${formatCount(totals[kind])} ${kind}`).join(', ');
  return (
    <details className="mt-2">
      <summary className="w-fit rounded-sm py-1 font-medium">{summary}</summary>
      <dl className="mt-1 space-y-1">
        {told.map((kind) => (
          <div key={kind} className="sm:flex sm:gap-2">
            <dt className="w-20 shrink-0 text-muted capitalize">{kind}</dt>
            <dd className="min-w-0 break-words">
              {namesOf(report[kind])}
              {totals[kind] > MAX_NAMED_CHANGES &&
                ` and ${formatCount(totals[kind] - MAX_NAMED_CHANGES)} more`}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function namesOf(names: readonly TemplateName[]): string {
  return names.map(({ name, language }) => `${name} (${languageWord(language)})`).join(', ');
}
