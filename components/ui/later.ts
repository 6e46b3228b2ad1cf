import { lazy, useState, useSyncExternalStore, type ComponentType, type LazyExoticComponent } from 'react';

// Menus, dialogs and the like are not in what a page loads first: their code is fetched at the first sign of a person
// (a pointer, a key, a touch), so that it is there before it is needed, and also when the server is gone by then.
const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const;
const waiting = new Set<() => void>();
let isTouched = false;

function onSign(): void {
  isTouched = true;
  for (const sign of SIGNS) window.removeEventListener(sign, onSign);
  for (const tell of waiting) tell();
}

if (typeof window !== 'undefined') {
  for (const sign of SIGNS) window.addEventListener(sign, onSign, { passive: true });
}

/**
 * A component that is no part of the page's first load. It is shown inside a Suspense boundary, and fetched when it is
 * rendered, or before that at the first sign of a person. What the server has drawn stands and comes alive then.
 */
export function later<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  // One that failed before it was wanted is asked for once more then.
  if (typeof window !== 'undefined') whenTouched(() => void load().catch(() => undefined));
  return lazy(async () => ({ default: await load() }));
}

/** Whether somebody is there: false until the first pointer, key or touch. */
export function useIsTouched(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => isTouched,
    () => false,
  );
}

/** The page has loaded and is painted, or somebody is there. In a tab nobody looks at nothing is painted: loaded will do. */
export function afterFirstPaint(): Promise<void> {
  return new Promise((resolve) => {
    whenTouched(resolve);
    const paint = () => {
      if (document.visibilityState === 'hidden') resolve();
      // What is set in a frame runs once that frame is painted.
      requestAnimationFrame(() => setTimeout(resolve));
    };
    if (document.readyState === 'complete') paint();
    else window.addEventListener('load', paint, { once: true });
  });
}

/** Whether it has ever been true: what opens once stays, so that it can close in its own way. */
export function useOnceTrue(value: boolean): boolean {
  const [wasTrue, setWasTrue] = useState(value);
  if (value && !wasTrue) setWasTrue(true);
  return value || wasTrue;
}

function whenTouched(act: () => void): void {
  if (isTouched) act();
  else waiting.add(act);
}

function subscribe(tell: () => void): () => void {
  waiting.add(tell);
  return () => waiting.delete(tell);
}
