'use client';

import { useEffect, useMemo, useState } from 'react';
import { useLatest } from '@/components/api/use-latest';
import type { Audience, AudienceCheck, AudienceRules } from '@/components/audience/types';

export interface CheckState {
  /** The last one that came to an end; null before the first. */
  check: AudienceCheck | null;
  /** Whether what is shown may not be true any more. */
  isChecking: boolean;
  failure: string | null;
  /** Rises with each finished check: rows read before are old. */
  version: number;
}

const NOTHING: CheckState = { check: null, isChecking: false, failure: null, version: 0 };

/** Somebody typing changes the rules with every key. */
const WAIT_MS = 200;

/** Checks the list again whenever the rules, the file or a cell of it change; not at all without rules. */
export function useCheck(audience: Audience, rules: AudienceRules | null): CheckState {
  const [state, setState] = useState(NOTHING);
  const key = useMemo(() => JSON.stringify(rules), [rules]);
  const latest = useLatest({ audience, rules });
  const { file, edits, state: reading } = audience;

  useEffect(() => {
    const { rules } = latest.current;
    if (reading !== 'ready' || !rules) {
      setState((seen) => ({ ...NOTHING, version: seen.version + 1 }));
      return undefined;
    }
    let isOver = false;
    setState((seen) => ({ ...seen, isChecking: true, failure: null }));
    const timer = setTimeout(() => {
      latest.current.audience.check(rules).then(
        (check) => {
          if (isOver) return;
          setState((seen) => ({ check, isChecking: false, failure: null, version: seen.version + 1 }));
        },
        (error: unknown) => {
          if (isOver) return;
          const failure = error instanceof Error ? error.message : 'The rows could not be checked.';
          setState((seen) => ({ ...seen, check: null, isChecking: false, failure }));
        },
      );
    }, WAIT_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [reading, file, edits, key, latest]);
  return state;
}
