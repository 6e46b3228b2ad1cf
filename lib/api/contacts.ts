import { z } from 'zod';
import {
  addedOptOutsSchema,
  addOptOutsSchema,
  checkedOptOutsSchema,
  checkOptOutsSchema,
  e164Schema,
  exportOptOutsQuerySchema,
  importedOptOutsSchema,
  importOptOutsFormSchema,
  listOptOutsQuerySchema,
  optOutPageSchema,
  removeOptOutSchema,
} from '@/lib/opt-outs/schema';
import {
  contactExportSchema,
  contactQuerySchema,
  contactSchema,
  eraseContactSchema,
  erasedContactSchema,
} from '@/lib/contacts/schema';
import { endpoint } from './endpoint';

const phoneParam = z.strictObject({ phone: e164Schema });

export const listOptOutsEndpoint = endpoint({
  method: 'GET',
  path: '/api/opt-outs',
  tag: 'Contacts',
  summary: 'The do-not-contact list, newest first',
  description: 'Nobody on it is written to: every send checks it again at the last moment.',
  auth: 'user',
  query: listOptOutsQuerySchema,
  responses: { 200: optOutPageSchema },
});

export const addOptOutsEndpoint = endpoint({
  method: 'POST',
  path: '/api/opt-outs',
  tag: 'Contacts',
  summary: 'Put numbers on the do-not-contact list',
  description: 'All or nothing: a wrong number fails the call, and `issues` names every wrong one.',
  auth: 'user',
  body: addOptOutsSchema,
  responses: { 201: addedOptOutsSchema },
});

export const importOptOutsEndpoint = endpoint({
  method: 'POST',
  path: '/api/opt-outs/import',
  tag: 'Contacts',
  summary: 'Put the numbers of a CSV on the do-not-contact list',
  description:
    'Columns `phone_number`, `country_code` and `reason`, the latter two as you like. Rows without a number are left out and named in `issues`. A file that breaks off leaves nothing.',
  auth: 'user',
  multipart: importOptOutsFormSchema,
  responses: { 200: importedOptOutsSchema },
});

export const removeOptOutEndpoint = endpoint({
  method: 'POST',
  path: '/api/opt-outs/remove',
  tag: 'Contacts',
  summary: 'Take a number off the do-not-contact list',
  description:
    'The reason is kept with who did it. What still waits for this number is sent from then on; what was skipped stays skipped. 404 when it is not on the list.',
  auth: 'user',
  body: removeOptOutSchema,
  responses: { 200: z.object({ success: z.literal(true) }) },
});

export const checkOptOutsEndpoint = endpoint({
  method: 'POST',
  path: '/api/opt-outs/check',
  tag: 'Contacts',
  summary: 'Which of these numbers are on the do-not-contact list',
  description: 'Changes nothing. Every send checks the list again by itself.',
  auth: 'user',
  body: checkOptOutsSchema,
  responses: { 200: checkedOptOutsSchema },
});

export const exportOptOutsEndpoint = endpoint({
  method: 'GET',
  path: '/api/opt-outs.csv',
  tag: 'Contacts',
  summary: 'The do-not-contact list as CSV',
  description:
    'Cells a spreadsheet would run as a formula have an apostrophe in front; importing the file takes it off again.',
  auth: 'user',
  query: exportOptOutsQuerySchema,
  responses: { 200: 'text/csv' },
});

export const getContactEndpoint = endpoint({
  method: 'GET',
  path: '/api/contacts/{phone}',
  tag: 'Contacts',
  summary: 'What is known of one number',
  description:
    'Its entry on the do-not-contact list and what happened to it, the campaigns it was in, and what the person wrote. The number is E.164 with the plus. A number nobody here has met answers with nothing known.',
  auth: 'user',
  params: phoneParam,
  query: contactQuerySchema,
  responses: { 200: contactSchema },
});

export const exportContactEndpoint = endpoint({
  method: 'GET',
  path: '/api/contacts/{phone}/export',
  tag: 'Contacts',
  summary: 'Everything kept of one person, as a file for them',
  auth: 'user',
  params: phoneParam,
  responses: { 200: contactExportSchema },
});

export const eraseContactEndpoint = endpoint({
  method: 'POST',
  path: '/api/contacts/{phone}/erase',
  tag: 'Contacts',
  summary: 'Erase what is kept of one person',
  description:
    'In finished campaigns their row is emptied and the number replaced for good; what they wrote is deleted; a file of a draft that holds the number is removed; counts stay as they are. Who is on the do-not-contact list stays on it. 409 while an unfinished campaign holds the number. It cannot be undone.',
  auth: 'user',
  params: phoneParam,
  body: eraseContactSchema,
  responses: { 200: erasedContactSchema },
});
