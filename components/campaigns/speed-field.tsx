import { useState } from 'react';

interface SpeedFieldProps {
  id: string;
  label: string;
  hint: string;
  min: number;
  max: number;
  value: number;
  onChange: (value: number) => void;
}

/** A slider and a number for the same thing. What is typed counts once it is within the bounds. */
export function SpeedField({ id, label, hint, min, max, value, onChange }: SpeedFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);

  function type(text: string): void {
    setTyped(text);
    const number = Number(text);
    if (Number.isInteger(number) && number >= min && number <= max) onChange(number);
  }
  const isWrong = typed !== null && Number(typed) !== value;

  return (
    <div>
      <div className="flex items-center justify-between gap-4">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <input
          type="number"
          inputMode="numeric"
          aria-label={`${label}, as a number`}
          aria-invalid={isWrong || undefined}
          aria-describedby={`${id}-hint`}
          min={min}
          max={max}
          value={typed ?? value}
          onChange={(event) => type(event.target.value)}
          onBlur={() => setTyped(null)}
          className="h-11 w-24 rounded-lg border border-line-strong bg-surface px-3 text-end text-base aria-invalid:border-danger md:h-9 md:text-sm"
        />
      </div>
      <input
        id={id}
        type="range"
        aria-describedby={`${id}-hint`}
        min={min}
        max={max}
        value={value}
        onChange={(event) => onChange(event.target.valueAsNumber)}
        className="mt-1 h-11 w-full accent-accent md:h-8"
      />
      <p id={`${id}-hint`} className="max-w-[70ch] text-muted">
        {isWrong ? `A whole number from ${min} to ${max}.` : hint}
      </p>
    </div>
  );
}
