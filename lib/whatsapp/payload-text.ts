import { parseAmount, valueWriter, type ValueFormat } from '@/lib/templates/values/format';
import type { ParameterBuilder } from './builders';
import type { MessageParameter } from './types';

interface TextQuestion {
  language: string;
  format: ValueFormat | undefined;
}

/** A placeholder of header or body: words, an amount, or a date. `name`: of a named one. */
export function compileText(
  key: string,
  name: string | null,
  { language, format }: TextQuestion,
): ParameterBuilder {
  const named = name === null ? {} : { parameter_name: name };
  const words = (text: string): MessageParameter =>
    name === null ? { type: 'text', text } : { type: 'text', parameter_name: name, text };
  if (!format) return (params) => words(params[key] ?? '');
  const writer = valueWriter(language);
  if (format.type === 'date_time') {
    // WhatsApp's cloud shows the words it is given, whatever else stands beside them (reference §1).
    return (params) => ({
      type: 'date_time',
      ...named,
      date_time: { fallback_value: writer.dateTime(params[key] ?? '') },
    });
  }
  return (params) => {
    const amount = parseAmount(params[key] ?? '', format.code);
    if (!amount) return words(params[key] ?? '');
    return {
      type: 'currency',
      ...named,
      currency: { fallback_value: writer.amount(amount), code: amount.code, amount_1000: amount.thousandths },
    };
  };
}
