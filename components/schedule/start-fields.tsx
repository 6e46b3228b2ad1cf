'use client';

import { Button } from '@/components/ui/button';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import { useIsAlive } from '@/components/ui/use-is-alive';
import type { Reading } from '@/lib/schedule/zone';
import { ownTimeZone, START_IDS, twiceOf, type EntryVerdict, type StartEntry } from './entry';
import { StartFacts } from './start-facts';
import { zoneWord } from './start-words';

interface StartFieldsProps {
  entry: StartEntry;
  verdict: EntryVerdict;
  /** Zones of the sender's number; none: not known. */
  senderZones: readonly string[];
  /** Somebody has tried to go on: then what is not filled yet is said too. */
  isTried: boolean;
  onChange: (entry: StartEntry) => void;
}

/** A day, a time and a zone; what they mean, or what has to be decided about them. Drawn in the browser only. */
export function StartFields({ entry, verdict, senderZones, isTried, onChange }: StartFieldsProps) {
  // Two sets of zone data may name other zones: the first paint would not fit.
  if (!useIsAlive()) return <div className="h-36" />;
  const isSaid = verdict.kind !== 'ready' && (verdict.kind !== 'incomplete' || isTried);
  const error = (id: string) => (isSaid && verdict.fieldId === id ? verdict.message : undefined);
  const problem = verdict.kind === 'asks' ? verdict.problem : null;
  const readings = twiceOf(entry);
  return (
    <div className="space-y-4">
      <div className="grid gap-4 md:grid-cols-2">
        <TextField
          id={START_IDS.time}
          type="datetime-local"
          label="Day and time"
          value={entry.local_time}
          error={error(START_IDS.time)}
          onChange={(event) => onChange({ ...entry, local_time: event.target.value, offset: null })}
        />
        <SelectField
          id={START_IDS.zone}
          label="Time zone"
          value={entry.time_zone}
          error={error(START_IDS.zone)}
          options={zoneOptions(entry.time_zone)}
          onChange={(event) => onChange({ ...entry, time_zone: event.target.value, offset: null })}
        />
      </div>
      {problem?.code === 'local_time_skipped' && (
        <div className="flex flex-wrap gap-2">
          {problem.choices.map(({ local }) => (
            <Button
              key={local}
              onClick={() => {
                onChange({ ...entry, local_time: local, offset: null });
                document.getElementById(START_IDS.time)?.focus();
              }}
            >
              Use {local.slice(11)}
            </Button>
          ))}
        </div>
      )}
      {readings && (
        <Twice
          readings={readings}
          chosen={entry.offset}
          message={error(START_IDS.offset)}
          onChoose={(offset) => onChange({ ...entry, offset })}
        />
      )}
      {verdict.kind === 'ready' && (
        <div className="rounded-lg border bg-sunken px-4 py-3">
          <StartFacts at={verdict.reading.at} timeZone={entry.time_zone} senderZones={senderZones} />
        </div>
      )}
    </div>
  );
}

interface TwiceProps {
  readings: readonly Reading[];
  chosen: string | null;
  message: string | undefined;
  onChoose: (offset: string) => void;
}

function Twice({ readings, chosen, message, onChoose }: TwiceProps) {
  return (
    <fieldset aria-describedby={message ? `${START_IDS.offset}-error` : undefined}>
      <legend className="mb-1 font-medium">Which of the two?</legend>
      {message && (
        <p id={`${START_IDS.offset}-error`} className="text-danger">
          {message}
        </p>
      )}
      {readings.map(({ local, offset, at }, i) => (
        <label key={offset} className="flex min-h-11 items-start gap-2.5 py-2.5 md:min-h-9 md:py-1.5">
          <input
            id={i === 0 ? START_IDS.offset : undefined}
            type="radio"
            name={START_IDS.offset}
            className="mt-0.5 size-4 shrink-0 accent-accent"
            checked={offset === chosen}
            onChange={() => onChoose(offset)}
          />
          <span>
            The {i === 0 ? 'first' : 'second'} {local.slice(11)}, UTC{offset}
            <span className="text-muted"> ({new Date(at).toISOString().slice(11, 16)} UTC)</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** The reader's own first, then by name. */
function zoneOptions(chosen: string): { value: string; word: string }[] {
  const own = ownTimeZone();
  const others = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', chosen]);
  others.delete(own);
  others.delete('');
  return [
    { value: own, word: `${zoneWord(own)} (yours)` },
    ...[...others].sort().map((value) => ({ value, word: zoneWord(value) })),
  ];
}
