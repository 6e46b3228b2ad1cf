import { Banner } from '@/components/ui/banner';
import { formatCount } from '@/components/ui/numbers';
import { languageWord, plainWord } from '@/components/templates/words';
import { HoldbackFields } from './holdback-fields';
import { testNews, twinsAmong, type TestPlan } from './test-plan';
import type { WizardState } from './use-wizard';

interface TestReviewProps {
  wizard: WizardState;
  /** null: the rows are not checked yet. */
  plan: TestPlan | null;
}

/** The messages of a test, about how many people get each, who waits, and what the numbers will be able to tell. */
export function TestReview({ wizard: { messages, draft }, plan }: TestReviewProps) {
  const { test } = draft.contents;
  if (!test) return null;
  const news = plan && testNews(plan);
  const twins = twinsAmong(messages.all);
  return (
    <section aria-labelledby="test-heading" className="space-y-3">
      <h3 id="test-heading" className="font-medium">
        Messages tested
      </h3>
      <div className="overflow-hidden rounded-lg border bg-surface">
        <table className="w-full">
          <thead className="text-muted">
            <tr>
              <th scope="col" className="px-4 py-1.5 text-start font-normal">
                Message
              </th>
              <th scope="col" className="px-2 py-1.5 text-end font-normal">
                Share
              </th>
              <th scope="col" className="px-4 py-1.5 text-end font-normal">
                People, about
              </th>
            </tr>
          </thead>
          <tbody>
            {messages.all.map(({ key, template, share }) => (
              <tr key={key} className="border-t align-top">
                <th scope="row" className="px-4 py-1.5 text-start font-normal">
                  <span className="font-semibold">{key}</span>{' '}
                  <span className="break-all">{template?.name ?? 'no template'}</span>
                  {template && (
                    <span className="block text-muted">
                      {languageWord(template.language)} · {plainWord(template.category)}
                    </span>
                  )}
                </th>
                <td className="px-2 py-1.5 text-end">{share} %</td>
                <td className="px-4 py-1.5 text-end">
                  {plan ? formatCount(plan.groups.find((group) => group.key === key)?.people ?? 0) : '–'}
                </td>
              </tr>
            ))}
            {plan && plan.waiting > 0 && (
              <tr className="border-t">
                <th scope="row" colSpan={2} className="px-4 py-1.5 text-start font-normal">
                  Wait for the better message
                </th>
                <td className="px-4 py-1.5 text-end">{formatCount(plan.waiting)}</td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
      <HoldbackFields
        holdback={test.holdback}
        waiting={plan?.waiting ?? 0}
        onChange={(holdback) =>
          draft.update((contents) => ({ test: contents.test && { ...contents.test, holdback } }))
        }
      />
      {news && (
        <Banner look={news.look} title={news.title}>
          {news.message}
        </Banner>
      )}
      {twins && (
        <Banner look="warn" title={`Messages ${twins[0]} and ${twins[1]} are the same`}>
          Give one of them another template or other values: between the same messages every difference is
          chance.
        </Banner>
      )}
    </section>
  );
}
