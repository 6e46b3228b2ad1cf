'use client';

import { parameterWord } from '@/components/test-messages/parameter-word';
import { TextField } from '@/components/ui/text-field';
import { destinationOf, destinationSchema } from '@/lib/clicks/destination';
import { trackedUrl } from '@/lib/clicks/tracked-buttons';
import { fillingOf } from './messages';
import { destinationFieldId } from './steps';
import type { WizardState } from './use-wizard';

interface TrackClicksProps {
  wizard: WizardState;
  isTried: boolean;
}

/** Where a click on the template's tracked buttons leads; of a template with other link buttons, what it would take. */
export function TrackClicks({ wizard, isTried }: TrackClicksProps) {
  const { messages, shown, publicUrl } = wizard;
  const { template, tracked } = messages.all[shown] ?? messages.all[0];
  if (tracked.length > 0)
    return (
      <section aria-labelledby="clicks-heading" className="space-y-3 rounded-lg border bg-surface px-4 py-3">
        <h3 id="clicks-heading" className="font-medium">
          Clicks are counted
        </h3>
        <p className="max-w-[70ch] text-muted">
          This template’s button opens a link of this Herald’s own, one for each person, which leads on to the
          address below{messages.all.length > 1 && ', the same for every message with this button'}.
        </p>
        {tracked.map((key) => (
          <Destination key={key} wizard={wizard} parameter={key} isTried={isTried} />
        ))}
      </section>
    );
  if (!template?.parameters.some(({ key }) => key.startsWith('button_url_param'))) return null;
  return (
    <p className="max-w-[70ch] break-words text-muted">
      Clicks on this button are not counted. For that it must open Herald first: have a template approved
      whose button’s address is <code className="text-ink">{trackedUrl(publicUrl)}</code>.
    </p>
  );
}

function Destination({ wizard, parameter, isTried }: TrackClicksProps & { parameter: string }) {
  const { draft, missing, list, shown } = wizard;
  const { track_clicks: destinations } = draft.contents;
  const { mapping } = fillingOf(draft.contents, shown);
  const given = destinations[parameter] ?? '';
  const id = destinationFieldId(parameter);
  const parsed = destinationSchema.safeParse(given);
  const { column, text = '' } = mapping[parameter] ?? {};
  const index = column === undefined ? -1 : (list.audience.file?.columns.indexOf(column) ?? -1);
  const cell = list.audience.file?.sample.map((row) => row[index]?.trim() ?? '').find((each) => each !== '');
  const first = parsed.success ? destinationOf(parsed.data, cell ?? text) : null;
  return (
    <div>
      <TextField
        id={id}
        type="url"
        dir="ltr"
        label="Where a click leads"
        placeholder="https://shop.example.com/{{1}}"
        hint={`https. {{1}} is what fills “${parameterWord(parameter)}”; without it that stands at the end.`}
        error={isTried ? missing.map.find(({ field }) => field === id)?.message : undefined}
        value={given}
        onChange={(event) =>
          draft.update((contents) => ({
            track_clicks: { ...contents.track_clicks, [parameter]: event.target.value },
          }))
        }
      />
      {first && (
        <p className="mt-1 min-w-0 text-muted">
          The first one leads to <bdi className="break-all text-ink">{first}</bdi>
        </p>
      )}
    </div>
  );
}
