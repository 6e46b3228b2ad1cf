import { z } from 'zod';
import { endpoint } from './endpoint';

const health = z.object({
  status: z.enum(['ok', 'unavailable']),
  database: z.enum(['ok', 'unreachable', 'not_migrated']),
  workers: z.int().nullable().meta({ description: 'Worker processes at work.' }),
  version: z.string(),
  message: z.string().optional().meta({ description: 'What is wrong and what to do.' }),
});

export const healthEndpoint = endpoint({
  method: 'GET',
  path: '/api/health',
  tag: 'Operations',
  summary: 'Is it working?',
  auth: 'none',
  responses: { 200: health, 503: health },
});

export const metricsEndpoint = endpoint({
  method: 'GET',
  path: '/api/metrics',
  tag: 'Operations',
  summary: 'Metrics for Prometheus',
  description:
    'With `METRICS_TOKEN` set, for whoever sends it as `Authorization: Bearer`; else for this machine only.',
  auth: 'none',
  responses: { 200: 'text/plain' },
});

export const openApiEndpoint = endpoint({
  method: 'GET',
  path: '/api/openapi.json',
  tag: 'Operations',
  summary: 'This document',
  auth: 'none',
  responses: { 200: z.looseObject({ openapi: z.string() }) },
});
