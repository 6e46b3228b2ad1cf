import { useCallback, useLayoutEffect, useRef } from 'react';

/**
 * For a dialog's `finalFocus`: back to what opened it, and nowhere when that is gone; left to itself it would go to
 * whatever opened the dialog before. The page then says where (useKeptFocus).
 */
export function useReturnFocus(open: boolean): () => boolean {
  const opener = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (open) opener.current = document.activeElement;
  }, [open]);
  return useCallback(() => opener.current?.isConnected ?? true, []);
}
