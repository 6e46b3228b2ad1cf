import { z } from 'zod';
import { settingsSchema, updateSettingsSchema } from '@/lib/settings/schema';
import { updateWorkspaceSettingsSchema, workspaceSettingsSchema } from '@/lib/settings/workspace-schema';
import { endpoint } from './endpoint';

export const getSettingsEndpoint = endpoint({
  method: 'GET',
  path: '/api/settings',
  tag: 'Settings',
  summary: 'What you have chosen for yourself',
  auth: 'user',
  responses: { 200: settingsSchema },
});

export const updateSettingsEndpoint = endpoint({
  method: 'PATCH',
  path: '/api/settings',
  tag: 'Settings',
  summary: 'Change what you have chosen',
  description: 'What is left out stays as it is.',
  auth: 'user',
  body: updateSettingsSchema,
  responses: { 200: z.object({ success: z.literal(true), settings: settingsSchema }) },
});

export const getWorkspaceEndpoint = endpoint({
  method: 'GET',
  path: '/api/workspace',
  tag: 'Settings',
  summary: 'What holds for everybody in the account',
  auth: 'user',
  responses: { 200: workspaceSettingsSchema },
});

export const updateWorkspaceEndpoint = endpoint({
  method: 'PATCH',
  path: '/api/workspace',
  tag: 'Settings',
  summary: 'Change what holds for everybody in the account',
  auth: 'user',
  body: updateWorkspaceSettingsSchema,
  responses: { 200: z.object({ success: z.literal(true), settings: workspaceSettingsSchema }) },
});
