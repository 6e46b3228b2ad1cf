import { parseCountry, normalizePhone } from '@/lib/recipients/phone';
import { type CountryFinder } from '@/lib/recipients/phone-country';
import { resolveColumns } from '@/lib/recipients/mapping';
import { paramsOf, valueOf } from '@/lib/recipients/params';
import { judgeRecord, type RecordRules } from '@/lib/recipients/record';
import type { CheckedRecipient } from '@/lib/recipients/validate';
import type { RowStore } from './row-store';
import type {
  AudienceCheck,
  AudienceRules,
  CheckedRow,
  CountryCount,
  Fault,
  MessageRules,
  RowProblem,
} from './types';

/** What a row is, one byte each. `unchecked` stands outside all counts. */
export const VERDICTS = ['unchecked', 'sendable', 'invalid', 'missing', 'duplicate', 'suppressed'] as const;
export type Verdict = (typeof VERDICTS)[number];

/**
 * What becomes of each row of a list: the import's own rules for the row itself, then the do-not-contact list,
 * then the first row of a number wins. One changed row costs only itself and its duplicates.
 */
export class Checker {
  readonly #verdicts: Uint8Array;
  /** E.164 of the rows that are good in themselves. */
  readonly #phones: (string | null)[];
  /** Their indexes by number, ascending. */
  readonly #holders = new Map<string, number[]>();
  readonly #counts = new Map<Verdict, number>(VERDICTS.map((verdict) => [verdict, 0]));
  readonly #countries = new Map<string | null, number>();
  /** Of each message, the first one first. */
  readonly #rules: readonly [RecordRules, ...RecordRules[]];

  /** Throws AppError when the mapping does not fit the columns or the template. */
  constructor(
    private readonly rows: RowStore,
    columns: readonly string[],
    rules: AudienceRules,
    private readonly suppressed: ReadonlySet<string>,
    private readonly finder: CountryFinder,
  ) {
    const defaultCountry = rules.defaultCountry === null ? undefined : parseCountry(rules.defaultCountry);
    const toRules = ({ parameters, mapping }: MessageRules): RecordRules => ({
      columns,
      parameters,
      map: resolveColumns({ columns, mapping, parameters }),
      defaultCountry,
    });
    this.#rules = [toRules(rules), ...(rules.others ?? []).map(toRules)];
    this.#verdicts = new Uint8Array(rows.count);
    this.#phones = Array.from<null>({ length: rows.count }).fill(null);
  }

  /** Judges a row for the first time, or again after its cells have changed. */
  judge(index: number): void {
    const before = this.#phones[index] ?? null;
    if (before !== null) {
      this.#give(index, 'unchecked');
      this.#release(index, before);
    }
    const judged = this.#judge(index);
    if (!judged.ok) {
      this.#give(index, faultOf(judged));
      return;
    }
    this.#phones[index] = judged.phone;
    this.#hold(index, judged.phone);
  }

  /** The do-not-contact list has these numbers; `suppressed` already holds them. */
  suppress(phones: readonly string[]): void {
    for (const phone of phones) this.#settle(phone);
  }

  /** Every number of a good row, each once. */
  phones(): IterableIterator<string> {
    return this.#holders.keys();
  }

  result(): AudienceCheck {
    const count = (verdict: Verdict) => this.#counts.get(verdict) ?? 0;
    const countries: CountryCount[] = [...this.#countries]
      .filter(([, n]) => n > 0)
      .map(([country, n]) => ({ country, count: n }));
    countries.sort((a, b) => b.count - a.count || (a.country ?? '~').localeCompare(b.country ?? '~'));
    return {
      counts: {
        total: this.rows.count,
        willSend: count('sendable'),
        invalid: count('invalid'),
        missing: count('missing'),
        duplicate: count('duplicate'),
        suppressed: count('suppressed'),
      },
      countries,
    };
  }

  verdict(index: number): Verdict {
    return VERDICTS[this.#verdicts[index] ?? 0] ?? 'unchecked';
  }

  /** Everything there is to show of one row. */
  describe(index: number): CheckedRow {
    const cells = this.rows.cells(index);
    const verdict = this.verdict(index);
    const judged = this.#judge(index);
    const fault = verdict === 'sendable' || verdict === 'unchecked' ? null : verdict;
    return {
      row: this.rows.line(index),
      cells,
      to: judged.ok ? judged.phone : this.#phoneOf(cells),
      params: paramsOf(cells, this.#rules[0].map.parameters),
      otherParams: this.#rules.slice(1).map(({ map }) => paramsOf(cells, map.parameters)),
      fault,
      problems: judged.ok ? this.#listProblems(fault, judged.phone) : judged.problems,
    };
  }

  /** Of each message, the first one first. */
  get rules(): readonly [RecordRules, ...RecordRules[]] {
    return this.#rules;
  }

  /** By the first message that cannot be sent to it, as the import has it. */
  #judge(index: number): Judged {
    const row = { cells: this.rows.cells(index), malformed: this.rows.isMalformed(index) };
    const judged = judgeRecord(row, this.#rules[0]);
    if (!judged.ok) return refused(judged.problems, 0);
    for (let variant = 1; variant < this.#rules.length; variant += 1) {
      const other = judgeRecord(row, this.#rules[variant] ?? this.#rules[0]);
      if (!other.ok) return refused(other.problems, variant);
    }
    return judged;
  }

  #phoneOf(cells: readonly string[]): string | null {
    const [{ map, defaultCountry }] = this.#rules;
    const phone = normalizePhone({
      phoneNumber: cells[map.phoneNumber] ?? '',
      countryCode: valueOf(cells, map.countryCode),
      defaultCountry,
    });
    return phone.ok ? phone.phone : null;
  }

  #listProblems(fault: Fault | null, phone: string): CheckedRow['problems'] {
    if (fault === 'suppressed') {
      return [{ key: 'phone_number', message: 'This number is on the do-not-contact list.', variant: 0 }];
    }
    if (fault !== 'duplicate') return [];
    const first = this.rows.line(this.#holders.get(phone)?.[0] ?? -1);
    return [{ key: 'phone_number', message: `The same number stands in row ${first} already.`, variant: 0 }];
  }

  #hold(index: number, phone: string): void {
    const holders = this.#holders.get(phone);
    if (!holders) {
      this.#holders.set(phone, [index]);
      this.#give(index, this.suppressed.has(phone) ? 'suppressed' : 'sendable');
      return;
    }
    const isLast = index > (holders.at(-1) ?? -1);
    holders.push(index);
    if (isLast) {
      this.#give(index, this.suppressed.has(phone) ? 'suppressed' : 'duplicate');
      return;
    }
    holders.sort((a, b) => a - b);
    this.#settle(phone);
  }

  #release(index: number, phone: string): void {
    this.#phones[index] = null;
    const left = (this.#holders.get(phone) ?? []).filter((holder) => holder !== index);
    if (left.length === 0) this.#holders.delete(phone);
    else this.#holders.set(phone, left);
    this.#settle(phone);
  }

  #settle(phone: string): void {
    const isSuppressed = this.suppressed.has(phone);
    for (const [i, index] of (this.#holders.get(phone) ?? []).entries()) {
      this.#give(index, isSuppressed ? 'suppressed' : i === 0 ? 'sendable' : 'duplicate');
    }
  }

  #give(index: number, verdict: Verdict): void {
    const before = this.verdict(index);
    if (before === verdict) return;
    this.#verdicts[index] = VERDICTS.indexOf(verdict);
    this.#counts.set(before, (this.#counts.get(before) ?? 0) - 1);
    this.#counts.set(verdict, (this.#counts.get(verdict) ?? 0) + 1);
    if (before === 'sendable') this.#countCountry(index, -1);
    if (verdict === 'sendable') this.#countCountry(index, 1);
  }

  #countCountry(index: number, change: 1 | -1): void {
    const phone = this.#phones[index];
    if (phone == null) return;
    const country = this.finder.of(phone);
    this.#countries.set(country, (this.#countries.get(country) ?? 0) + change);
  }
}

type Judged = Extract<CheckedRecipient, { ok: true }> | { ok: false; problems: RowProblem[] };

function refused(problems: readonly { key: string; message: string }[], variant: number): Judged {
  return { ok: false, problems: problems.map((problem) => ({ ...problem, variant })) };
}

/** A wrong number weighs more than a missing value: without it there is nobody to send to. */
function faultOf({ problems }: Judged & { ok: false }): 'invalid' | 'missing' {
  const isOfRow = problems.some(({ key }) => key === '' || key === 'phone_number' || key === 'country_code');
  return isOfRow ? 'invalid' : 'missing';
}
