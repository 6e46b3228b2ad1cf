/** How WhatsApp shows a stretch of text. `mono` is ```three backticks```, `code` is `one`. */
export type TextStyle = 'bold' | 'italic' | 'strike' | 'code' | 'mono';

/** A stretch of the text in one style, as offsets into it; the markers are left out. */
export interface TextRun {
  start: number;
  end: number;
  styles: TextStyle[];
}

export interface TextLine {
  kind: 'plain' | 'bullet' | 'number' | 'quote';
  /** What stands before a numbered line, "2."; empty for the others. */
  label: string;
  runs: TextRun[];
}

const STYLES: readonly TextStyle[] = ['bold', 'italic', 'strike', 'code', 'mono'];
/** Far more than WhatsApp sends (1,024 characters of a body); what comes after it is shown as it stands. */
const MAX_FORMATTED_CHARS = 16_384;

const [CODE, MONO, HIDDEN] = [8, 16, 32];
/** In the order of STYLES: bit 1, 2, 4. */
const MARKERS = '*_~';
const FENCE = '```';
const BULLET = /[*-] +(?=\S)/y;
const NUMBER = /\d{1,3}\. +(?=\S)/y;
const QUOTE = /> ?/y;

/**
 * A text as WhatsApp lays it out: its lines, and in each the runs of one style (pure, linear time). A marker
 * works only at the edge of a word and within its line, so snake_case and 2*3*4 stay as they are.
 */
export function formatText(text: string): TextLine[] {
  if (text.length <= MAX_FORMATTED_CHARS) return formatLines(text);
  const rest: TextRun = { start: MAX_FORMATTED_CHARS, end: text.length, styles: [] };
  return [...formatLines(text.slice(0, MAX_FORMATTED_CHARS)), { kind: 'plain', label: '', runs: [rest] }];
}

function formatLines(text: string): TextLine[] {
  // One byte a character: which styles begin or end there, and whether it is a marker that is not shown.
  const marks = new Uint8Array(text.length);
  markFences(text, marks);
  const lines: TextLine[] = [];
  let mono = 0;
  for (let start = 0; start <= text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const { kind, label, from } = mono ? plainFrom(start) : readPrefix(text, start, end);
    markLine(text, { from, end, mono }, marks);
    const { runs, mono: after, isFenceOnly } = readRuns(marks, { from, end, mono });
    if (!isFenceOnly) lines.push({ kind, label, runs });
    mono = after;
    start = end + 1;
  }
  return lines;
}

function markFences(text: string, marks: Uint8Array): void {
  for (let open = text.indexOf(FENCE); open >= 0;) {
    const close = text.indexOf(FENCE, open + FENCE.length + 1);
    if (close < 0) return;
    for (const at of [open, close]) {
      marks.fill(HIDDEN, at, at + FENCE.length);
      marks[at] = HIDDEN | MONO;
    }
    open = text.indexOf(FENCE, close + FENCE.length);
  }
}

const plainFrom = (from: number) => ({ kind: 'plain' as const, label: '', from });

function readPrefix(
  text: string,
  start: number,
  end: number,
): Pick<TextLine, 'kind' | 'label'> & { from: number } {
  for (const [kind, pattern] of [
    ['bullet', BULLET],
    ['number', NUMBER],
    ['quote', QUOTE],
  ] as const) {
    pattern.lastIndex = start;
    const found = pattern.exec(text)?.[0];
    if (found === undefined || start + found.length > end) continue;
    return { kind, label: kind === 'number' ? found.trim() : '', from: start + found.length };
  }
  return plainFrom(start);
}

interface Stretch {
  from: number;
  end: number;
  /** MONO where the line begins inside three backticks, else 0. */
  mono: number;
}

/** Pairs the markers of one line; of each kind at most one is open, so nothing is looked at twice. */
function markLine(text: string, { from, end, mono }: Stretch, marks: Uint8Array): void {
  const open = [-1, -1, -1];
  for (let at = from; at < end; at += 1) {
    mono ^= (marks[at] ?? 0) & MONO;
    if (mono || marks[at]) continue;
    if (text[at] === '`') {
      const close = text.indexOf('`', at + 1);
      // None on this line means none for the rest of it either.
      if (close < 0 || close >= end) continue;
      if (close === at + 1 || marks[close]) continue;
      marks[at] = marks[close] = CODE | HIDDEN;
      at = close;
      continue;
    }
    const kind = MARKERS.indexOf(text[at] ?? '');
    if (kind < 0) continue;
    const opened = open[kind] ?? -1;
    if (opened >= 0 && at > opened + 1 && !isSpace(text, at - 1) && !isWord(text, at + 1)) {
      marks[opened] = marks[at] = (1 << kind) | HIDDEN;
      // What opened inside and did not close stays a plain character.
      open.forEach((position, i) => {
        if (position >= opened) open[i] = -1;
      });
    } else if (opened < 0 && !isWord(text, at - 1) && at + 1 < end && !isSpace(text, at + 1)) {
      open[kind] = at;
    }
  }
}

function readRuns(marks: Uint8Array, { from, end, mono }: Stretch) {
  const runs: TextRun[] = [];
  let styles = mono;
  let start = from;
  let hidden = 0;
  const close = (at: number) => {
    if (at > start) runs.push({ start, end: at, styles: STYLES.filter((_, i) => styles & (1 << i)) });
    start = at + 1;
  };
  for (let at = from; at < end; at += 1) {
    const mark = marks[at] ?? 0;
    if (mark === 0) continue;
    close(at);
    hidden += 1;
    styles ^= mark & ~HIDDEN;
  }
  close(end);
  // A line of three backticks alone is their frame, not a line of the message.
  const isFenceOnly = runs.length === 0 && hidden === FENCE.length && (styles & MONO) !== mono;
  return { runs, mono: styles & MONO, isFenceOnly };
}

function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || code === 9 || code === 10 || code === 13 || code === 0xa0;
}

/** A letter or digit: a marker beside it on the outer side is part of a word. */
function isWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code > 127) return /[\p{L}\p{N}]/u.test(text.charAt(at));
  return (code > 47 && code < 58) || (code > 64 && code < 91) || (code > 96 && code < 123);
}
