'use client';

import { z } from 'zod';
import { SelectField } from '@/components/ui/select-field';
import { DECIDE_BY, type DecideBy } from '@/lib/variants/keys';
import { holdbackSchema, type Holdback } from '@/lib/variants/schema';
import { Choice } from './choice';
import { NumberField } from './number-field';
import { holdbackWords } from './test-plan';

interface HoldbackFieldsProps {
  holdback: Holdback | null;
  /** About how many people wait. */
  waiting: number;
  onChange: (holdback: Holdback | null) => void;
}

const USUAL: Holdback = { percent: 20, decide_by: 'read', after_minutes: 240 };
const MOST_HOURS = 7 * 24;
const HOURS = `Must be a whole number of hours from 1 to ${MOST_HOURS}.`;
const hoursSchema = z.number(HOURS).int(HOURS).min(1, HOURS).max(MOST_HOURS, HOURS);

const MEASURES: Record<DecideBy, string> = {
  delivered: 'more people got it',
  read: 'more people read it',
  reply: 'more people replied',
};

/** Whether everybody gets the test, or some first and the others the message that did better. */
export function HoldbackFields({ holdback, waiting, onChange }: HoldbackFieldsProps) {
  return (
    <div className="space-y-3 rounded-lg border bg-surface px-4 py-3">
      <fieldset className="flex flex-col md:flex-row md:flex-wrap md:gap-x-6">
        <legend className="sr-only">Who gets the test</legend>
        <Choice name="holdback" isChosen={holdback === null} onChoose={() => onChange(null)}>
          Everybody, by these shares
        </Choice>
        <Choice name="holdback" isChosen={holdback !== null} onChoose={() => onChange(USUAL)}>
          Some first, the others the better message
        </Choice>
      </fieldset>
      {holdback && (
        <>
          <div className="grid gap-4 md:grid-cols-2">
            <NumberField
              id="holdback-percent"
              label="Percent who get the test first"
              hint="1 to 90. Drawn by chance, like the messages."
              value={holdback.percent}
              schema={holdbackSchema.shape.percent}
              onChange={(percent) => onChange({ ...holdback, percent })}
            />
            <SelectField
              id="holdback-measure"
              label="The better message is the one where"
              value={holdback.decide_by}
              options={DECIDE_BY.map((value) => ({ value, word: MEASURES[value] }))}
              onChange={(event) => {
                const decide_by = DECIDE_BY.find((each) => each === event.target.value);
                if (decide_by) onChange({ ...holdback, decide_by });
              }}
            />
          </div>
          <fieldset className="flex flex-col md:flex-row md:flex-wrap md:gap-x-6">
            <legend className="sr-only">How it is chosen</legend>
            <Choice
              name="holdback-how"
              isChosen={holdback.after_minutes !== null}
              onChoose={() => onChange({ ...holdback, after_minutes: USUAL.after_minutes })}
            >
              Chosen by itself after a time
            </Choice>
            <Choice
              name="holdback-how"
              isChosen={holdback.after_minutes === null}
              onChoose={() => onChange({ ...holdback, after_minutes: null })}
            >
              I choose
            </Choice>
          </fieldset>
          {holdback.after_minutes !== null && (
            <div className="md:max-w-56">
              <NumberField
                id="holdback-hours"
                label="Hours after the test was sent"
                value={holdback.after_minutes / 60}
                schema={hoursSchema}
                onChange={(hours) => onChange({ ...holdback, after_minutes: hours * 60 })}
              />
            </div>
          )}
          <p role="status" className="max-w-[70ch]">
            {holdbackWords(holdback, waiting)}
          </p>
        </>
      )}
    </div>
  );
}
