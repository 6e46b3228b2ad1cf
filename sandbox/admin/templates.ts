import { z } from 'zod';
import { makeObjectId } from '../identifiers';
import type { Sandbox } from '../runtime';
import type { Waba } from '../state';
import { templateSchema, type GraphTemplate } from '../template';
import { AdminError, findNumber, findWaba, ok, parseBody, type AdminAnswer, type AdminCall } from './shapes';

const account = { waba_id: z.string().optional(), phone_number_id: z.string().optional() };

const newTemplate = templateSchema.extend({
  id: z.string().regex(/^\d+$/).optional(),
  status: z.string().default('APPROVED'),
  quality_score: z.looseObject({ score: z.string() }).default({ score: 'UNKNOWN' }),
});

const schema = z.union([
  z.strictObject({ ...account, template: newTemplate }),
  z.strictObject({
    ...account,
    name: z.string(),
    language: z.string().default('en_US'),
    status: z.string().optional(),
    reason: z.string().optional(),
    quality: z.enum(['GREEN', 'YELLOW', 'RED', 'UNKNOWN']).optional(),
    category: z.enum(['MARKETING', 'UTILITY', 'AUTHENTICATION']).optional(),
    /** False: as if the webhook got lost on the way. */
    webhook: z.boolean().default(true),
  }),
]);

type StatusChange = Exclude<z.infer<typeof schema>, { template: unknown }>;

function accountOf(
  box: Sandbox,
  input: { waba_id?: string | undefined; phone_number_id?: string | undefined },
): Waba {
  return findWaba(
    box,
    input.phone_number_id ? findNumber(box, input.phone_number_id).waba_id : input.waba_id,
  );
}

export function showTemplates({ box, query }: AdminCall): AdminAnswer {
  const waba = accountOf(box, {
    waba_id: query.get('waba_id') ?? undefined,
    phone_number_id: query.get('phone_number_id') ?? undefined,
  });
  return ok({ waba_id: waba.id, templates: waba.templates });
}

/** Adds a template, or changes one as Meta's reviewers and quality system do, with the webhook of it. */
export function putTemplate({ box, body }: AdminCall): AdminAnswer {
  const input = parseBody(schema, body);
  const waba = accountOf(box, input);
  if ('template' in input) {
    const template: GraphTemplate = { ...input.template, id: input.template.id ?? makeObjectId() };
    box.state.putTemplate(waba, template);
    return ok(template, 201);
  }
  const found = waba.templates.find((t) => t.name === input.name && t.language === input.language);
  if (!found) throw new AdminError(404, `There is no template ${input.name} in ${input.language}.`);
  return ok(changeTemplate(box, waba, found, input));
}

function changeTemplate(box: Sandbox, waba: Waba, found: GraphTemplate, input: StatusChange): GraphTemplate {
  const changed: GraphTemplate = {
    ...found,
    status: input.status ?? found.status,
    rejected_reason: input.reason ?? found.rejected_reason,
    category: input.category ?? found.category,
    quality_score: input.quality ? { score: input.quality } : found.quality_score,
  };
  box.state.putTemplate(waba, changed);
  if (!input.webhook) return changed;
  for (const { field, value } of eventsOf(found, changed, input.reason)) {
    const [number] = box.state.numbersOf(waba.id);
    if (number) box.runtimeOf(number).outbox.add({ field, value });
  }
  return changed;
}

/** In template webhooks ids are integers, and the language has a hyphen. */
function eventsOf(
  before: GraphTemplate,
  now: GraphTemplate,
  reason?: string,
): { field: string; value: object }[] {
  const about = {
    message_template_id: Number(now.id),
    message_template_name: now.name,
    message_template_language: now.language.replace('_', '-'),
  };
  const events: { field: string; value: object }[] = [];
  if (before.status !== now.status) {
    events.push({
      field: 'message_template_status_update',
      value: {
        event: now.status,
        ...about,
        reason: reason ?? 'NONE',
        message_template_category: now.category,
        ...(now.status === 'PAUSED'
          ? { other_info: { title: 'FIRST_PAUSE', description: 'Low quality.' } }
          : {}),
        ...(now.status === 'DISABLED'
          ? { disable_info: { disable_date: Math.floor(Date.now() / 1000) } }
          : {}),
      },
    });
  }
  if (before.quality_score.score !== now.quality_score.score) {
    events.push({
      field: 'message_template_quality_update',
      value: {
        previous_quality_score: before.quality_score.score,
        new_quality_score: now.quality_score.score,
        ...about,
      },
    });
  }
  if (before.category !== now.category) {
    events.push({
      field: 'template_category_update',
      value: { ...about, previous_category: before.category, new_category: now.category },
    });
  }
  return events;
}
