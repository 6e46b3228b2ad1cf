import { z } from 'zod';
import { defaultTemplates } from './catalogue/default-templates';
import { makeAccessToken, makeAppSecret, makeNodeId, makeSenderDigits } from './identifiers';
import { readStateFile, writeStateFile } from './persistence';
import { shapeOf, templateSchema, type GraphTemplate, type TemplateShape } from './template';

const numberSchema = z.strictObject({
  id: z.string(),
  waba_id: z.string(),
  access_token: z.string(),
  app_secret: z.string(),
  verify_token: z.string(),
  callback_url: z.url(),
  verified_name: z.string(),
  /** Country code first, no plus. */
  digits: z.string(),
  country_code: z.string(),
  messages_per_second: z.number().positive(),
  token_expired: z.boolean(),
  status: z.string(),
  quality_rating: z.string(),
  messaging_limit: z.string(),
  can_send_message: z.enum(['AVAILABLE', 'LIMITED', 'BLOCKED']),
  created_at: z.string(),
});

const stateSchema = z.strictObject({
  version: z.literal(1),
  numbers: z.array(numberSchema),
  wabas: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      /** Files of older versions have none. */
      portfolio_id: z.string().optional(),
      templates: z.array(templateSchema),
    }),
  ),
});

export type SandboxNumber = z.infer<typeof numberSchema>;
export type PersistedState = z.infer<typeof stateSchema>;

export interface Waba {
  id: string;
  name: string;
  /** The business portfolio that owns the account. */
  portfolio_id: string;
  templates: GraphTemplate[];
  shapes: Map<string, TemplateShape>;
}

export interface NewNumber {
  callback_url: string;
  verify_token: string;
  app_secret?: string | undefined;
  name?: string | undefined;
  messages_per_second?: number | undefined;
  /** Of an account that exists: the number joins it instead of getting one of its own. */
  waba_id?: string | undefined;
  /** The portfolio that a new account joins, instead of getting one of its own. */
  portfolio_id?: string | undefined;
}

function toPersisted({ id, name, portfolio_id, templates }: Waba): PersistedState['wabas'][number] {
  return { id, name, portfolio_id, templates };
}

const shapeKey = (name: string, language: string): string => `${language} ${name}`;

/** Numbers, accounts and templates; kept in one small file, read once. */
export class SandboxState {
  readonly numbers = new Map<string, SandboxNumber>();
  readonly wabas = new Map<string, Waba>();
  readonly tokens = new Map<string, SandboxNumber>();

  constructor(private readonly file: string) {
    const raw = readStateFile(file);
    if (raw === undefined) return;
    const state = stateSchema.parse(raw);
    for (const waba of state.wabas) {
      // An account from before has a portfolio of its own, the same after every start.
      this.addWaba({ ...waba, portfolio_id: waba.portfolio_id ?? `1${waba.id}` });
    }
    for (const number of state.numbers) this.addNumber(number);
  }

  createNumber(input: NewNumber): SandboxNumber {
    const name = input.name ?? 'Herald Sandbox';
    const wabaId = input.waba_id ?? makeNodeId();
    if (!this.wabas.has(wabaId)) {
      const portfolioId = input.portfolio_id ?? makeNodeId();
      this.addWaba({ id: wabaId, name, portfolio_id: portfolioId, templates: defaultTemplates() });
    }
    const [shared] = this.numbersOfPortfolio(this.portfolioOf(wabaId));
    const number: SandboxNumber = {
      id: makeNodeId(),
      waba_id: wabaId,
      access_token: makeAccessToken(),
      app_secret: input.app_secret ?? makeAppSecret(),
      verify_token: input.verify_token,
      callback_url: input.callback_url,
      verified_name: name,
      digits: makeSenderDigits(),
      country_code: '1',
      messages_per_second: input.messages_per_second ?? 80,
      token_expired: false,
      status: 'CONNECTED',
      quality_rating: 'GREEN',
      messaging_limit: shared?.messaging_limit ?? 'TIER_UNLIMITED',
      can_send_message: 'AVAILABLE',
      created_at: new Date().toISOString(),
    };
    this.addNumber(number);
    this.save();
    return number;
  }

  numbersOf(wabaId: string): SandboxNumber[] {
    return [...this.numbers.values()].filter((number) => number.waba_id === wabaId);
  }

  portfolioOf(wabaId: string): string {
    const waba = this.wabas.get(wabaId);
    if (!waba) throw new Error(`There is no account ${wabaId}.`);
    return waba.portfolio_id;
  }

  /** The numbers of all accounts of a portfolio. */
  numbersOfPortfolio(portfolioId: string): SandboxNumber[] {
    return [...this.numbers.values()].filter(({ waba_id }) => this.portfolioOf(waba_id) === portfolioId);
  }

  findTemplate(wabaId: string, name: string, language: string): TemplateShape | undefined {
    return this.wabas.get(wabaId)?.shapes.get(shapeKey(name, language));
  }

  /** Adds a template, or replaces the one of the same name and language. */
  putTemplate(waba: Waba, template: GraphTemplate): void {
    const same = waba.templates.findIndex(
      (t) => t.name === template.name && t.language === template.language,
    );
    if (same >= 0) waba.templates[same] = template;
    else waba.templates.push(template);
    waba.shapes.set(shapeKey(template.name, template.language), shapeOf(template));
    this.save();
  }

  save(): void {
    const state: PersistedState = {
      version: 1,
      numbers: [...this.numbers.values()],
      wabas: [...this.wabas.values()].map(toPersisted),
    };
    writeStateFile(this.file, state);
  }

  /** Its former token is nobody's then. */
  replaceToken(number: SandboxNumber, token: string): void {
    this.tokens.delete(number.access_token);
    number.access_token = token;
    this.tokens.set(token, number);
  }

  private addNumber(number: SandboxNumber): void {
    this.numbers.set(number.id, number);
    this.tokens.set(number.access_token, number);
  }

  private addWaba(waba: Omit<Waba, 'shapes'>): void {
    const shapes = new Map(waba.templates.map((t) => [shapeKey(t.name, t.language), shapeOf(t)] as const));
    this.wabas.set(waba.id, { ...waba, shapes });
  }
}
