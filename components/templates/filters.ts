import type { Template } from '@/lib/templates/schema';

/** What the list is narrowed to; an empty text is everything. In the address under these names. */
export interface TemplateFilters {
  search: string;
  language: string;
  category: string;
  status: string;
  sender: string;
}

export const NO_FILTERS: TemplateFilters = { search: '', language: '', category: '', status: '', sender: '' };

const FILTER_NAMES = Object.keys(NO_FILTERS) as (keyof TemplateFilters)[];
const MAX_CHARS = 200;

/** Reads the filters of an address; what does not belong there is left out. */
export function readFilters(read: (name: string) => string | null | undefined): TemplateFilters {
  const filters = { ...NO_FILTERS };
  for (const name of FILTER_NAMES) filters[name] = (read(name) ?? '').slice(0, MAX_CHARS);
  return filters;
}

/** The query string of the filters that are set, with its question mark; empty when none is. */
export function filtersToQuery(filters: TemplateFilters): string {
  const set = FILTER_NAMES.filter((name) => filters[name].trim() !== '');
  if (set.length === 0) return '';
  return `?${new URLSearchParams(set.map((name) => [name, filters[name].trim()])).toString()}`;
}

export interface IndexedTemplate {
  template: Template;
  /** Name and text, folded for the search. */
  text: string;
}

/** Prepares templates for the search, those that can be sent first; within these the order stays. */
export function indexTemplates(templates: readonly Template[]): IndexedTemplate[] {
  const ranked = [0, 1, 2].flatMap((rank) => templates.filter((template) => rankOf(template) === rank));
  return ranked.map((template) => ({ template, text: fold(textOf(template)) }));
}

/** Those that match every filter, and every word of the search somewhere in name or text. */
export function filterTemplates(indexed: readonly IndexedTemplate[], filters: TemplateFilters): Template[] {
  const words = fold(filters.search).split(/\s+/).filter(Boolean);
  const matches = ({ template, text }: IndexedTemplate) =>
    (filters.language === '' || template.language === filters.language) &&
    (filters.category === '' || template.category === filters.category) &&
    (filters.status === '' || template.status === filters.status) &&
    (filters.sender === '' || template.sender_id === filters.sender) &&
    words.every((word) => text.includes(word));
  return indexed.filter(matches).map(({ template }) => template);
}

/** Sendable, then approved with parts Herald cannot fill, then the others. */
function rankOf({ status, unsendable_reason: reason }: Template): number {
  if (reason === null) return 0;
  return status === 'APPROVED' ? 1 : 2;
}

function textOf({ name, components }: Template): string {
  const texts = components.map(({ text }) => (typeof text === 'string' ? text : ''));
  return [name, name.replaceAll('_', ' '), ...texts].join('\n');
}

/** Without case and accents. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
