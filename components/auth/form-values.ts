import type { FormFault } from './error-summary';

/** A field's text; empty when it is not there. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** What is wrong with one field. */
export function faultOf(faults: FormFault[], field: string): string | undefined {
  return faults.find((fault) => fault.field === field)?.message;
}
