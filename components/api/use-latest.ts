'use client';

import { useEffect, useRef, type RefObject } from 'react';

/** The newest value for callbacks that outlive a render, without starting their effect anew. */
export function useLatest<T>(value: T): RefObject<T> {
  const ref = useRef(value);
  useEffect(() => {
    ref.current = value;
  });
  return ref;
}
