/** Of the mark that the link in the page's head waits for before anything is painted (whole-page.tsx). */
export const WHOLE_PAGE_ID = 'whole-page';
