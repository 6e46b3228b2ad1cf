import { CONTROL } from '@/components/ui/labelled';
import type { ValueFormat } from '@/lib/templates/values/format';

interface FormatFieldProps {
  id: string;
  word: string;
  format: ValueFormat | undefined;
  /** undefined: words. */
  onChange: (format: ValueFormat | undefined) => void;
}

const USUAL_CODE = 'USD';

/** Whether a value is words, an amount or a date; the latter two are written as the template's language does. */
export function FormatField({ id, word, format, onChange }: FormatFieldProps) {
  const choose = (type: string) => {
    if (type === 'currency') onChange({ type, code: USUAL_CODE });
    else onChange(type === 'date_time' ? { type } : undefined);
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <label htmlFor={id} className="shrink-0 text-muted">
        Written as
      </label>
      <select
        id={id}
        aria-label={`${word}: written as`}
        value={format?.type ?? 'text'}
        className={`${CONTROL} w-auto!`}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="text">text</option>
        <option value="currency">an amount of money</option>
        <option value="date_time">a date</option>
      </select>
      {format?.type === 'currency' && (
        <input
          aria-label={`${word}: the currency, three letters`}
          value={format.code}
          maxLength={3}
          autoComplete="off"
          className={`${CONTROL} w-20!`}
          onChange={(event) => onChange({ type: 'currency', code: event.target.value.toUpperCase() })}
        />
      )}
    </div>
  );
}
