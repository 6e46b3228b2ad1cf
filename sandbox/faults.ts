import { z } from 'zod';
import type { Behaviour } from './behaviour';
import { seededRandom, type Random } from './random';

const share = z.number().min(0).max(1);
const count = z.number().int().min(1);

const ruleSchema = z.strictObject({
  /** All that are given must hold; an empty match is every message. Counted over the POSTs a rule was asked about. */
  match: z
    .strictObject({
      to_suffix: z.string().regex(/^\d+$/).optional(),
      every_nth: count.optional(),
      probability: share.optional(),
      first_n: count.optional(),
      after_n: z.number().int().min(0).optional(),
    })
    .default({}),
  action: z.enum([
    'error',
    'throttle',
    'drop_before_accept',
    'drop_after_accept',
    'reset',
    '500_before',
    '500_after',
    'html_502',
    'slow',
    'truncate',
    'stall',
  ]),
  code: z.number().int().optional(),
  http_status: z.number().int().min(400).max(599).optional(),
  delay_ms: z.number().int().min(0).max(3_600_000).optional(),
});

export const faultsSchema = z.strictObject({
  phone_number_id: z.string().optional(),
  all: z.boolean().optional(),
  rules: z.array(ruleSchema).max(100),
  seed: z.number().int().optional(),
});

export type FaultRule = z.infer<typeof ruleSchema>;
export type FaultRequest = z.infer<typeof faultsSchema>;

interface ArmedRule {
  rule: FaultRule;
  behaviour: Behaviour;
  asked: number;
  fired: number;
}

const EVERYBODY = '';

/** Faults somebody ordered, before the agreed digits: of the number first, then those for all; the first match. */
export class FaultRules {
  private readonly armed = new Map<string, ArmedRule[]>();

  constructor(private random: Random) {}

  /** Replaces the rules of a number, or those for all. */
  set(request: FaultRequest): void {
    if (request.seed !== undefined) this.random = seededRandom(request.seed);
    const rules = request.rules.map((rule) => ({ rule, behaviour: behaviourOf(rule), asked: 0, fired: 0 }));
    this.armed.set(request.phone_number_id ?? EVERYBODY, rules);
  }

  clear(numberId?: string): void {
    if (numberId === undefined) this.armed.clear();
    else this.armed.delete(numberId);
  }

  list(): object[] {
    return [...this.armed].flatMap(([number, rules]) =>
      rules.map(({ rule, asked, fired }) => ({ phone_number_id: number || null, ...rule, asked, fired })),
    );
  }

  find(numberId: string, waId: string): Behaviour | undefined {
    if (this.armed.size === 0) return undefined;
    for (const armed of [...(this.armed.get(numberId) ?? []), ...(this.armed.get(EVERYBODY) ?? [])]) {
      if (this.matches(armed, waId)) {
        armed.fired += 1;
        return armed.behaviour;
      }
    }
    return undefined;
  }

  private matches(armed: ArmedRule, waId: string): boolean {
    const { match } = armed.rule;
    if (match.to_suffix !== undefined && !waId.endsWith(match.to_suffix)) return false;
    const nth = ++armed.asked;
    if (match.first_n !== undefined && nth > match.first_n) return false;
    if (match.after_n !== undefined && nth <= match.after_n) return false;
    if (match.every_nth !== undefined && nth % match.every_nth !== 0) return false;
    return match.probability === undefined || this.random.chance(match.probability);
  }
}

/** What an action means; `delay_ms` goes before whatever is answered. */
function behaviourOf(rule: FaultRule): Behaviour {
  const delay = rule.delay_ms === undefined ? {} : { delayMs: rule.delay_ms };
  switch (rule.action) {
    case 'error':
    case 'throttle': {
      const code = rule.code ?? (rule.action === 'throttle' ? 130429 : 131000);
      const status = rule.http_status === undefined ? {} : { httpStatus: rule.http_status };
      return { refuse: { kind: 'error', code, ...status }, ...delay };
    }
    case 'drop_before_accept':
      return { refuse: { kind: 'destroy' }, ...delay };
    case 'reset':
      return { refuse: { kind: 'reset' }, ...delay };
    case '500_before':
      return { refuse: { kind: 'plain_500' }, ...delay };
    case 'html_502':
      return { refuse: { kind: 'html_502' }, ...delay };
    case 'drop_after_accept':
      return { answer: 'destroy', ...delay };
    case '500_after':
      return { answer: 'plain_500', ...delay };
    case 'truncate':
      return { answer: 'truncate', ...delay };
    case 'stall':
      return { answer: 'stall', ...delay };
    case 'slow':
      return { delayMs: rule.delay_ms ?? 5000 };
  }
}
