import { useEffect, type RefObject } from 'react';

/**
 * Where the page takes away what had the focus, `fallback` gets it: whoever works by the keyboard, or is read to,
 * goes on from there, not from the top of the page. Dialogs return the focus by themselves first.
 */
export function useKeptFocus(fallback: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let last: HTMLElement | null = null;
    let frame = 0;
    const remember = ({ target }: FocusEvent) => {
      last = target instanceof HTMLElement ? target : null;
    };
    // A click beside everything takes the focus away on purpose.
    const forget = () => {
      last = null;
    };
    const isLost = () => last !== null && !last.isConnected && document.activeElement === document.body;
    const keep = () => {
      if (isLost()) fallback.current?.focus({ preventScroll: true });
    };
    const observer = new MutationObserver(() => {
      if (!isLost()) return;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => (frame = requestAnimationFrame(keep)));
    });
    observer.observe(document.body, { childList: true, subtree: true });
    document.addEventListener('focusin', remember);
    document.addEventListener('pointerdown', forget, true);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      document.removeEventListener('focusin', remember);
      document.removeEventListener('pointerdown', forget, true);
    };
  }, [fallback]);
}
