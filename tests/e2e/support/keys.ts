import { expect, type Locator, type Page } from '@playwright/test';

const MOST_PRESSES = 80;

/** Tab by Tab to a control, as somebody without a mouse comes to it; on the way one always sees where one is. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 1; presses <= MOST_PRESSES; presses += 1) {
    await page.keyboard.press(key);
    const unseen = await page.evaluate(hiddenFocus);
    expect(unseen, `${page.url()}, ${key} ${presses}`).toBeNull();
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${target.toString()} is not reached by ${MOST_PRESSES} × ${key}.`);
}

/** Tab to it, then Enter. */
export async function enter(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await tabTo(page, target, key);
  await page.keyboard.press('Enter');
}

/** Types over what stands in a field. */
export async function retype(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

/** In the page: why nobody sees what has the focus; null when it has an outline and nothing covers it. */
function hiddenFocus(): string | null {
  const focused = document.activeElement;
  // Past the last control the focus is the browser's own for a moment.
  if (!focused || focused === document.body) return null;
  const name = focused.outerHTML.slice(0, 200);
  const marked = document.getElementById(focused.getAttribute('aria-activedescendant') ?? '') ?? focused;
  const { outlineStyle, outlineWidth } = getComputedStyle(marked);
  if (outlineStyle === 'none' || parseFloat(outlineWidth) < 1) return `No outline: ${name}`;
  const { left, right, top, bottom } = focused.getBoundingClientRect();
  const middle = (from: number, to: number, size: number) => (Math.max(from, 0) + Math.min(to, size)) / 2;
  const [x, y] = [middle(left, right, innerWidth), middle(top, bottom, innerHeight)];
  const above = document.elementFromPoint(x, y);
  const isSeen = above !== null && (focused.contains(above) || above.contains(focused));
  return isSeen ? null : `Covered by ${above?.outerHTML.slice(0, 100) ?? 'the edge of the window'}: ${name}`;
}
