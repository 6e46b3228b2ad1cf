'use client';

import { ChevronLeft, ChevronRight, Eye } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useLatest } from '@/components/api/use-latest';
import type { Audience, CheckedRow } from '@/components/audience/types';
import { TemplateBubble } from '@/components/templates/template-bubble';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { formatCount } from '@/components/ui/numbers';
import { formatsIn, type NamedSource } from '@/lib/recipients/mapping';
import type { Template } from '@/lib/templates/schema';
import { shownValues } from '@/lib/templates/values/format';
import { MessageTabs } from './message-tabs';
import { fillingOf } from './messages';
import type { WizardState } from './use-wizard';

interface RowPreviewProps {
  wizard: WizardState;
  /** Whether one chooses the message here, where nothing else does. */
  hasTabs?: boolean;
}

/** The message as real people of the list will get it: beside the rows on a desk, in a sheet on a phone. */
export function RowPreview({ wizard, hasTabs = false }: RowPreviewProps) {
  const [isOpen, setOpen] = useState(false);
  const preview = useRowPreview(wizard);
  const { messages, shown, draft } = wizard;
  const { key, template } = messages.all[shown] ?? messages.all[0];
  if (!template) return null;
  const { mapping } = fillingOf(draft.contents, shown);
  const name = messages.all.length > 1 ? `message ${key}` : 'the message';
  const shownHere = (
    <div className="space-y-3">
      {hasTabs && <MessageTabs wizard={wizard} />}
      {!hasTabs && messages.all.length > 1 && <p className="font-medium">Message {key}</p>}
      <Preview preview={preview} template={template} mapping={mapping} />
    </div>
  );
  return (
    <>
      <section
        aria-label="Preview of the message"
        className="hidden lg:sticky lg:top-6 lg:block lg:self-start"
      >
        {shownHere}
      </section>
      <div className="lg:hidden">
        <Button className="w-full" onClick={() => setOpen(true)}>
          <Eye aria-hidden />
          Preview {hasTabs ? 'the message' : name}
        </Button>
        <Dialog open={isOpen} onOpenChange={setOpen} title="Preview" shape="sheet">
          {shownHere}
        </Dialog>
      </div>
    </>
  );
}

type PreviewState = ReturnType<typeof useRowPreview>;

interface PreviewProps {
  preview: PreviewState;
  template: Template;
  mapping: Readonly<Record<string, NamedSource>>;
}

function Preview({ preview, template, mapping }: PreviewProps) {
  const { row, index, count, go, findLongest } = preview;
  const params = shownValues(preview.params, formatsIn(mapping), template.language);
  return (
    <div className="space-y-3">
      <TemplateBubble template={template} params={params} />
      {count > 0 ? (
        <>
          <div className="flex items-center justify-between gap-2">
            <Button aria-label="Previous recipient" disabled={index === 0} onClick={() => go(index - 1)}>
              <ChevronLeft aria-hidden className="rtl:rotate-180" />
            </Button>
            <p role="status" className="text-center">
              <span className="font-medium">{formatCount(index + 1)}</span>
              <span className="text-muted">
                {' '}
                / {formatCount(count)}
                {row?.to && (
                  <>
                    {' '}
                    · <bdi>{row.to}</bdi>
                  </>
                )}
              </span>
            </p>
            <Button aria-label="Next recipient" disabled={index >= count - 1} onClick={() => go(index + 1)}>
              <ChevronRight aria-hidden className="rtl:rotate-180" />
            </Button>
          </div>
          <Button className="w-full" onClick={() => void findLongest()}>
            Show the longest values
          </Button>
        </>
      ) : (
        <p className="text-muted">As soon as a row can be sent, its values stand here.</p>
      )}
    </div>
  );
}

function useRowPreview({ list, checked, shown }: WizardState) {
  const [wanted, setWanted] = useState(0);
  const [row, setRow] = useState<CheckedRow | null>(null);
  const count = checked.check?.counts.willSend ?? 0;
  const index = Math.max(0, Math.min(wanted, count - 1));
  const audience = useLatest(list.audience);

  useEffect(() => {
    if (count === 0) return setRow(null);
    let isOver = false;
    audience.current.rows({ fault: 'sendable', from: index, limit: 1 }).then(
      ({ rows: [found] }) => {
        if (!isOver) setRow(found ?? null);
      },
      // The list was closed or is being read anew: the next check asks again.
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, [audience, index, count, checked.version]);

  const findLongest = async () => setWanted(await longestOf(audience.current, { count, shown }));
  return { row, params: row ? paramsFor(row, shown) : {}, index, count, go: setWanted, findLongest };
}

/** What fills one message of a row, counted from 0. */
export function paramsFor({ params, otherParams }: CheckedRow, message: number): Record<string, string> {
  return message === 0 ? params : (otherParams[message - 1] ?? {});
}

const SEARCHED = 5_000;
const STRIDE = 500;

/** Index of the sendable row whose values are longest, among the first five thousand. */
async function longestOf(
  audience: Pick<Audience, 'rows'>,
  { count, shown }: { count: number; shown: number },
): Promise<number> {
  let longest = { index: 0, chars: -1 };
  for (let from = 0; from < Math.min(count, SEARCHED); from += STRIDE) {
    const { rows } = await audience.rows({ fault: 'sendable', from, limit: STRIDE });
    rows.forEach((row, i) => {
      const chars = Object.values(paramsFor(row, shown)).reduce((sum, value) => sum + value.length, 0);
      if (chars > longest.chars) longest = { index: from + i, chars };
    });
  }
  return longest.index;
}
