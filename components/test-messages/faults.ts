import { ApiError, messageOf } from '@/components/api/request';

/** What is wrong with a test: with one number, one parameter, or all of it. */
export interface TestFaults {
  /** By index of the number among those sent. */
  numbers: Record<number, string>;
  /** By parameter key. */
  params: Record<string, string>;
  /** Of no one field. */
  whole: string | null;
}

export const NO_FAULTS: TestFaults = { numbers: {}, params: {}, whole: null };

/** Sorts a refusal to the fields it is about; a parameter is the same for all numbers, so it is named once. */
export function faultsOf(error: unknown): TestFaults {
  const found: TestFaults = { numbers: {}, params: {}, whole: null };
  for (const { path, message } of error instanceof ApiError ? error.issues : []) {
    const [, saved, index, key] = /^(?:test_numbers\[(\d+)\]|recipients\[(\d+)\]\.(\w+))$/.exec(path) ?? [];
    if (saved !== undefined) found.numbers[Number(saved)] = message;
    else if (key === 'phone_number' || key === 'country_code') found.numbers[Number(index)] = message;
    else if (key !== undefined) found.params[key] = message;
    else found.whole = message;
  }
  const isPlaced = Object.keys(found.numbers).length > 0 || Object.keys(found.params).length > 0;
  return isPlaced || found.whole !== null ? found : { ...found, whole: messageOf(error) };
}
