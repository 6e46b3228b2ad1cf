import { z } from 'zod';
import {
  campaignCostSchema,
  importedRatesSchema,
  rateBodySchema,
  rateChangesSchema,
  rateSchema,
} from '@/lib/costs/schema';
import { endpoint } from './endpoint';

const tag = 'Costs';
const params = z.strictObject({ id: z.uuid() });
const success = z.literal(true);
const saved = z.object({ success, rate: rateSchema });

export const listRatesEndpoint = endpoint({
  method: 'GET',
  path: '/api/rates',
  tag,
  summary: 'List what messages cost',
  description:
    'By country and category, the newest first of each. Herald brings no prices of its own: what WhatsApp charges you is in your account there.',
  auth: 'user',
  responses: { 200: z.array(rateSchema) },
});

export const createRateEndpoint = endpoint({
  method: 'POST',
  path: '/api/rates',
  tag,
  summary: 'Add a rate',
  description:
    'In force from `valid_from` (UTC) until a later one of the same country and category begins. 409 `rate_exists` where there is one of that day.',
  auth: 'user',
  body: rateBodySchema,
  responses: { 201: saved },
});

export const updateRateEndpoint = endpoint({
  method: 'PATCH',
  path: '/api/rates/{id}',
  tag,
  summary: 'Change a rate',
  description:
    'Costs are worked out from the rates as they stand: those of earlier campaigns change with it.',
  auth: 'user',
  params,
  body: rateChangesSchema,
  responses: { 200: saved },
});

export const deleteRateEndpoint = endpoint({
  method: 'DELETE',
  path: '/api/rates/{id}',
  tag,
  summary: 'Remove a rate',
  auth: 'user',
  params,
  responses: { 200: z.object({ success }) },
});

export const exportRatesEndpoint = endpoint({
  method: 'GET',
  path: '/api/rates.csv',
  tag,
  summary: 'The rates as CSV',
  description: 'It can be imported again.',
  auth: 'user',
  responses: { 200: 'text/csv' },
});

export const importRatesEndpoint = endpoint({
  method: 'POST',
  path: '/api/rates/import',
  tag,
  summary: 'Import rates from a CSV',
  description:
    'Columns `country` (two letters), `category`, `amount`, `currency`, `valid_from`. All or nothing: wrong rows are named with 422. A rate of the same country, category and day is replaced, others stay.',
  auth: 'user',
  multipart: z.strictObject({ file: z.string().meta({ format: 'binary' }) }),
  responses: { 200: importedRatesSchema },
});

export const campaignCostEndpoint = endpoint({
  method: 'GET',
  path: '/api/campaigns/{id}/cost',
  tag,
  summary: 'What a campaign costs: the estimate, and what WhatsApp has priced',
  description: [
    'Both by the rates in force on the day it started (before: is planned for, else today), in UTC.',
    'The estimate takes every recipient at the rate of its country and the template’s category; volume tiers and free messages are not known before. The actual cost counts each delivered message once, as the statuses’ `pricing` says. What has no rate is named, is in no total, and nothing is guessed.',
  ].join('\n\n'),
  auth: 'user',
  params,
  responses: { 200: campaignCostSchema },
});
