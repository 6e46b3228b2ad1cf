import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';

const FILE = path.join(import.meta.dirname, 'RESULTS.md');
const TITLE = `# Results

Written by the measurements themselves, one section each; the command that made it stands beside it. Figures of one
section were taken in the same run, so compare those: a machine's own speed is in all of them.
`;

export type ResultRow = Record<string, string | number>;

export interface ResultContext {
  /** What makes these figures again. */
  command: string;
  /** Of the server they were taken on, such as `18.4`. */
  postgres?: string;
  /** Sentences a reader must know to judge them. */
  notes?: readonly string[];
}

/** Writes one measurement's table into bench/RESULTS.md in place of its last one, with the machine's description. */
export function writeResults(section: string, rows: readonly ResultRow[], context: ResultContext): void {
  const before = existsSync(FILE) ? readFileSync(FILE, 'utf8') : TITLE;
  writeFileSync(FILE, replaceSection(before, section, sectionText(rows, context)));
}

/** `document` with the text under `## section` replaced, or added at the end. Pure. */
export function replaceSection(document: string, section: string, text: string): string {
  const [head = '', ...sections] = document.split(/^(?=## )/m);
  const heading = `## ${section}\n`;
  const replaced = `${heading}\n${text.trim()}\n`;
  const at = sections.findIndex((one) => one.startsWith(heading));
  if (at < 0) sections.push(replaced);
  else sections[at] = replaced;
  return `${[head, ...sections].map((part) => part.trimEnd()).join('\n\n')}\n`;
}

function sectionText(rows: readonly ResultRow[], { command, postgres, notes = [] }: ResultContext): string {
  const cores = cpus();
  const machine = [
    new Date().toISOString().slice(0, 10),
    `Node ${process.version}`,
    ...(postgres ? [`PostgreSQL ${postgres}`] : []),
    `${cores.length} cores (${cores[0]?.model.trim() ?? 'unknown'})`,
    `${Math.round(totalmem() / 2 ** 30)} GB`,
  ].join(', ');
  const lines = [`\`${command}\` · ${machine}, everything on one machine`, table(rows)];
  if (notes.length > 0) lines.push(notes.map((note) => `- ${note}`).join('\n'));
  return lines.join('\n\n');
}

/** The rows as a Markdown table; columns by the first row. Text to the left, figures to the right. */
function table(rows: readonly ResultRow[]): string {
  const [first] = rows;
  if (!first) return 'No rows.';
  const columns = Object.keys(first);
  const cells = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? '')))];
  const widths = columns.map((_, i) => Math.max(3, ...cells.map((row) => row[i]?.length ?? 0)));
  const left = columns.map((column, i) => i === 0 || Number.isNaN(Number(first[column])));
  const line = (row: string[]) =>
    `| ${row.map((cell, i) => (left[i] ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (left[i] ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  const [heading = [], ...body] = cells;
  return [line(heading), rule, ...body.map(line)].join('\n');
}
