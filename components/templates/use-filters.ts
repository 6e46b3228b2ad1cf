'use client';

import { useEffect, useState } from 'react';
import { filtersToQuery, type TemplateFilters } from './filters';

/** A browser refuses an address that changes with every key. */
const WRITE_AFTER_MS = 250;

/** Filters that act at once and stand in the address a moment later, so that it can be shared and come back to. */
export function useFilters(initial: TemplateFilters): [TemplateFilters, (filters: TemplateFilters) => void] {
  const [filters, setFilters] = useState(initial);
  useEffect(() => {
    const query = filtersToQuery(filters);
    if (query === window.location.search) return;
    const timer = setTimeout(
      () => window.history.replaceState(null, '', window.location.pathname + query),
      WRITE_AFTER_MS,
    );
    return () => clearTimeout(timer);
  }, [filters]);
  return [filters, setFilters];
}
