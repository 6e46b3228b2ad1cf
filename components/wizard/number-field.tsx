'use client';

import { useState } from 'react';
import type { ZodType } from 'zod';
import { TextField } from '@/components/ui/text-field';

interface NumberFieldProps {
  id: string;
  label: string;
  hint?: string;
  value: number;
  /** Its bounds, and what is said outside them. */
  schema: ZodType<number>;
  onChange: (value: number) => void;
}

/** What is typed may be unfinished: only a whole number within the bounds is taken. */
export function NumberField({ value, schema, onChange, ...field }: NumberFieldProps) {
  const [text, setText] = useState(String(value));
  const parsed = schema.safeParse(text.trim() === '' ? undefined : Number(text));
  return (
    <TextField
      {...field}
      inputMode="numeric"
      autoComplete="off"
      value={text}
      error={parsed.success ? undefined : parsed.error.issues[0]?.message}
      onChange={(event) => {
        setText(event.target.value);
        const next = schema.safeParse(
          event.target.value.trim() === '' ? undefined : Number(event.target.value),
        );
        if (next.success) onChange(next.data);
      }}
      onBlur={() => setText(String(value))}
    />
  );
}
