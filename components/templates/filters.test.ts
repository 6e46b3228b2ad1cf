import { describe, expect, it } from 'vitest';
import type { Template } from '@/lib/templates/schema';
import { filterTemplates, filtersToQuery, indexTemplates, NO_FILTERS, readFilters } from './filters';

let made = 0;
function template(name: string, more: Partial<Template> = {}): Template {
  made += 1;
  return {
    id: made,
    sender_id: 'sender-1',
    meta_id: String(made),
    name,
    language: 'en_US',
    category: 'MARKETING',
    status: 'APPROVED',
    parameter_format: 'POSITIONAL',
    components: [{ type: 'BODY', text: 'Hello' }],
    parameters: [],
    quality_score: null,
    rejected_reason: null,
    unsendable_reason: null,
    last_mapping: null,
    synced_at: '2026-01-01T00:00:00.000Z',
    ...more,
  };
}

const list = [
  template('black_friday', { components: [{ type: 'BODY', text: 'Élan für *alle*, {{1}}' }] }),
  template('broken_offer', { status: 'REJECTED', unsendable_reason: 'WhatsApp rejected it.' }),
  template('carousel', { unsendable_reason: 'It has a carousel.' }),
  template('eid', { language: 'ar', category: 'UTILITY', components: [{ type: 'BODY', text: 'عيد مبارك' }] }),
  template('odd', { sender_id: 'sender-2', components: [{ type: 'BODY', text: { no: 'text' } }] }),
];

const namesOf = (filters: Partial<typeof NO_FILTERS>) =>
  filterTemplates(indexTemplates(list), { ...NO_FILTERS, ...filters }).map(({ name }) => name);

describe('the list of templates', () => {
  it('begins with what can be sent, then what is approved, and keeps the order within', () => {
    expect(namesOf({})).toEqual(['black_friday', 'eid', 'odd', 'carousel', 'broken_offer']);
  });

  it.each([
    [{ search: 'black friday' }, ['black_friday']],
    [{ search: 'BLACK_F' }, ['black_friday']],
    [{ search: 'elan fur' }, ['black_friday']],
    [{ search: '  مبارك ' }, ['eid']],
    [{ search: 'friday nothing' }, []],
    [{ search: '.*' }, []],
    [{ language: 'ar' }, ['eid']],
    [{ category: 'UTILITY' }, ['eid']],
    [{ status: 'REJECTED' }, ['broken_offer']],
    [{ sender: 'sender-2' }, ['odd']],
    [{ status: 'APPROVED', search: 'carousel' }, ['carousel']],
    [{ status: 'REJECTED', search: 'carousel' }, []],
  ])('narrowed to %j', (filters, expected) => {
    expect(namesOf(filters)).toEqual(expected);
  });
});

describe('the filters in the address', () => {
  it('are read back as they were written', () => {
    const filters = { ...NO_FILTERS, search: 'a & b', status: 'PAUSED' };
    const query = filtersToQuery(filters);
    expect(query).toBe('?search=a+%26+b&status=PAUSED');
    const params = new URLSearchParams(query);
    expect(readFilters((name) => params.get(name))).toEqual(filters);
  });

  it('leave no trace when nothing is narrowed', () => {
    expect(filtersToQuery({ ...NO_FILTERS, search: '  ' })).toBe('');
    expect(readFilters(() => undefined)).toEqual(NO_FILTERS);
  });

  it('are cut where they are longer than any name', () => {
    expect(readFilters(() => 'x'.repeat(10_000)).search).toHaveLength(200);
  });
});
