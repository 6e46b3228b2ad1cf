'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '@/components/api/request';
import { FaultBanner } from '@/components/api/fault-banner';
import { Button } from '@/components/ui/button';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import { RATE_CATEGORIES } from '@/lib/costs/categories';
import type { Rate } from '@/lib/costs/schema';
import { categoryWord } from '@/components/costs/words';
import type { RateValues } from './api';

const CATEGORIES = RATE_CATEGORIES.map((value) => ({ value, word: categoryWord(value) }));

interface RateFormProps {
  initial: RateValues;
  countries: readonly { value: string; word: string }[];
  /** What the button does, as a verb. */
  word: string;
  save: (values: RateValues) => Promise<Rate>;
  onSaved: () => void;
}

/** What one message of a category costs to a country, and from when. */
export function RateForm({ initial, countries, word, save, onSaved }: RateFormProps) {
  const [values, setValues] = useState(initial);
  const saving = useMutation({ mutationFn: () => save(values), onSuccess: onSaved });
  const issues = saving.error instanceof ApiError ? saving.error.issues : [];
  const faultOf = (field: keyof RateValues) => issues.find(({ path }) => path === field)?.message;
  const fields = Object.keys(values) as (keyof RateValues)[];
  const set = (change: Partial<RateValues>) => setValues({ ...values, ...change });
  return (
    <form
      noValidate
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!saving.isPending) saving.mutate();
      }}
    >
      {saving.isError && !fields.some(faultOf) && (
        <FaultBanner title="The rate was not saved" error={saving.error} />
      )}
      <SelectField
        id="rate-country"
        label="Country"
        value={values.country}
        options={[{ value: '', word: 'Choose a country' }, ...countries]}
        error={faultOf('country')}
        onChange={(event) => set({ country: event.target.value })}
      />
      <SelectField
        id="rate-category"
        label="Category"
        value={values.category}
        options={CATEGORIES}
        error={faultOf('category')}
        onChange={(event) => set({ category: event.target.value })}
      />
      <div className="grid grid-cols-[minmax(0,2fr)_minmax(0,1fr)] gap-3">
        <TextField
          id="rate-amount"
          label="Price of one message"
          inputMode="decimal"
          autoComplete="off"
          dir="ltr"
          placeholder="0.0137"
          value={values.amount}
          error={faultOf('amount')}
          onChange={(event) => set({ amount: event.target.value })}
        />
        <TextField
          id="rate-currency"
          label="Currency"
          autoComplete="off"
          dir="ltr"
          maxLength={3}
          placeholder="USD"
          value={values.currency}
          error={faultOf('currency')}
          onChange={(event) => set({ currency: event.target.value })}
        />
      </div>
      <TextField
        id="rate-from"
        label="In force from"
        hint="Until a later rate of the same country and category begins."
        type="date"
        value={values.valid_from}
        error={faultOf('valid_from')}
        onChange={(event) => set({ valid_from: event.target.value })}
      />
      <Button type="submit" look="primary" busy={saving.isPending} className="w-full md:w-auto">
        {word}
      </Button>
    </form>
  );
}
