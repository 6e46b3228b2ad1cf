import { firstEntry, ownTimeZone } from '@/components/schedule/entry';
import { StartFields } from '@/components/schedule/start-fields';
import { Choice } from './choice';
import type { WizardState } from './use-wizard';

/** Sent at once, or at a time on the clocks of a zone. */
export function WhenFields({ wizard: { draft, sender, start } }: { wizard: WizardState }) {
  const { schedule } = draft.contents;
  return (
    <section aria-labelledby="when">
      <h3 id="when" className="mb-2 font-semibold">
        When
      </h3>
      <div className="space-y-3 rounded-lg border bg-surface px-4 py-3">
        <fieldset className="flex flex-wrap gap-x-6">
          <legend className="sr-only">When it is sent</legend>
          <Choice name="when" isChosen={schedule === null} onChoose={() => draft.update({ schedule: null })}>
            Send now
          </Choice>
          <Choice
            name="when"
            isChosen={schedule !== null}
            onChoose={() => draft.update({ schedule: firstEntry(Date.now(), ownTimeZone()) })}
          >
            At a time
          </Choice>
        </fieldset>
        {schedule && start && (
          <StartFields
            entry={schedule}
            verdict={start}
            senderZones={sender?.time_zones ?? []}
            isTried
            onChange={(entry) => draft.update({ schedule: entry })}
          />
        )}
      </div>
    </section>
  );
}
