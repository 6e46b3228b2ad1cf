'use client';

import { Plus, X } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';
import { MAX_TEST_NUMBERS } from '@/lib/settings/schema';

/** A number being typed; the id outlives the removal of others. */
export interface NumberEntry {
  id: number;
  text: string;
}

/** Boxes for numbers; at least one. */
export function toEntries(numbers: readonly string[]): NumberEntry[] {
  return (numbers.length > 0 ? numbers : ['']).map((text, id) => ({ id, text }));
}

/** Those that say something. */
export function numbersOf(entries: readonly NumberEntry[]): string[] {
  return entries.map(({ text }) => text.trim()).filter((text) => text !== '');
}

interface NumberFieldsProps {
  entries: NumberEntry[];
  /** By index among the numbers that say something. */
  faults: Record<number, string>;
  /** ISO 3166 alpha-2, for numbers without a country. */
  country: string | null;
  onChange: (entries: NumberEntry[]) => void;
}

/** Up to five of one's own numbers. */
export function NumberFields({ entries, faults, country, onChange }: NumberFieldsProps) {
  const list = useRef<HTMLDivElement>(null);

  function add(): void {
    const id = Math.max(...entries.map((entry) => entry.id)) + 1;
    onChange([...entries, { id, text: '' }]);
    requestAnimationFrame(() => list.current?.querySelector<HTMLInputElement>(`#test-number-${id}`)?.focus());
  }

  function remove(id: number): void {
    onChange(entries.filter((entry) => entry.id !== id));
    // The button that had the focus is gone; the first box is always there.
    list.current?.querySelector('input')?.focus();
  }

  return (
    <div className="space-y-3">
      <div ref={list} className="space-y-3">
        {entries.map(({ id, text }, i) => (
          <div key={id} className="flex items-start gap-2">
            <div className="min-w-0 grow">
              <TextField
                id={`test-number-${id}`}
                label={entries.length > 1 ? `Your number ${i + 1}` : 'Your number'}
                type="tel"
                inputMode="tel"
                autoComplete={i === 0 ? 'tel' : 'off'}
                dir="ltr"
                value={text}
                error={faults[indexAmongFilled(entries, i)]}
                hint={i === 0 ? hintFor(country) : undefined}
                onChange={(event) =>
                  onChange(
                    entries.map((entry) => (entry.id === id ? { id, text: event.target.value } : entry)),
                  )
                }
              />
            </div>
            {entries.length > 1 && (
              <Button
                look="quiet"
                aria-label={`Remove number ${i + 1}`}
                className="mt-[1.625rem] w-11 shrink-0 px-0! md:w-9"
                onClick={() => remove(id)}
              >
                <X aria-hidden />
              </Button>
            )}
          </div>
        ))}
      </div>
      {entries.length < MAX_TEST_NUMBERS && (
        <Button look="quiet" onClick={add} className="-ms-3">
          <Plus aria-hidden />
          Add a number
        </Button>
      )}
    </div>
  );
}

function hintFor(country: string | null): string {
  return country
    ? `With + and the country code, or as dialled in ${country}.`
    : 'With + and the country code.';
}

function indexAmongFilled(entries: readonly NumberEntry[], at: number): number {
  return entries.slice(0, at).filter(({ text }) => text.trim() !== '').length;
}
