import { OpenApiGeneratorV31, OpenAPIRegistry, type RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import * as apiKeys from './api-keys';
import * as audit from './audit';
import * as auth from './auth';
import * as campaigns from './campaigns';
import * as costs from './costs';
import * as drafts from './drafts';
import * as followUps from './follow-ups';
import * as contacts from './contacts';
import type { Endpoint } from './endpoint';
import * as media from './media';
import * as operations from './operations';
import * as recipients from './recipients';
import * as reports from './reports';
import * as senders from './senders';
import * as settings from './settings';
import * as templates from './templates';
import * as variants from './variants';
import * as testMessages from './test-messages';
import * as webhook from './webhook';
import * as webhookEndpoints from './webhook-endpoints';

/** Every route there is, in the order they are shown in. A test holds the list against the route files. */
export const endpoints: readonly Endpoint[] = [
  auth.signUpEndpoint,
  auth.logInEndpoint,
  auth.refreshEndpoint,
  auth.logOutEndpoint,
  auth.meEndpoint,
  auth.updateMeEndpoint,
  auth.changePasswordEndpoint,
  auth.logOutEverywhereEndpoint,
  settings.getSettingsEndpoint,
  settings.updateSettingsEndpoint,
  settings.getWorkspaceEndpoint,
  settings.updateWorkspaceEndpoint,
  apiKeys.listApiKeysEndpoint,
  apiKeys.createApiKeyEndpoint,
  apiKeys.rotateApiKeyEndpoint,
  apiKeys.revokeApiKeyEndpoint,
  audit.listAuditEventsEndpoint,
  senders.createSenderEndpoint,
  senders.listSendersEndpoint,
  senders.getSenderEndpoint,
  senders.updateSenderEndpoint,
  senders.senderOpeningsEndpoint,
  senders.senderDailyLimitEndpoint,
  senders.deleteSenderEndpoint,
  senders.syncSenderEndpoint,
  senders.testCredentialsEndpoint,
  senders.testSenderEndpoint,
  templates.listTemplatesEndpoint,
  templates.getTemplateEndpoint,
  templates.sampleCsvEndpoint,
  media.uploadMediaEndpoint,
  media.listMediaEndpoint,
  media.getMediaEndpoint,
  media.getMediaContentEndpoint,
  media.deleteMediaEndpoint,
  testMessages.sendTestMessagesEndpoint,
  drafts.createDraftEndpoint,
  drafts.listDraftsEndpoint,
  drafts.getDraftEndpoint,
  drafts.updateDraftEndpoint,
  drafts.deleteDraftEndpoint,
  drafts.putDraftFileEndpoint,
  drafts.getDraftFileEndpoint,
  recipients.createCampaignEndpoint,
  campaigns.sendCampaignEndpoint,
  campaigns.listCampaignsEndpoint,
  campaigns.getCampaignEndpoint,
  campaigns.setCampaignStatusEndpoint,
  campaigns.updateCampaignEndpoint,
  campaigns.deleteCampaignEndpoint,
  campaigns.campaignEventsEndpoint,
  campaigns.campaignTimelineEndpoint,
  costs.campaignCostEndpoint,
  reports.campaignHoursEndpoint,
  campaigns.retryCampaignEndpoint,
  campaigns.suppressFailedEndpoint,
  variants.getComparisonEndpoint,
  variants.chooseWinnerEndpoint,
  followUps.followUpChoicesEndpoint,
  followUps.createFollowUpEndpoint,
  recipients.listFailuresEndpoint,
  recipients.listRecipientsEndpoint,
  recipients.getRecipientEndpoint,
  recipients.exportRecipientsEndpoint,
  recipients.exportRejectedRowsEndpoint,
  reports.exportResultsEndpoint,
  contacts.listOptOutsEndpoint,
  contacts.addOptOutsEndpoint,
  contacts.importOptOutsEndpoint,
  contacts.removeOptOutEndpoint,
  contacts.checkOptOutsEndpoint,
  contacts.exportOptOutsEndpoint,
  contacts.getContactEndpoint,
  contacts.exportContactEndpoint,
  contacts.eraseContactEndpoint,
  costs.listRatesEndpoint,
  costs.createRateEndpoint,
  costs.updateRateEndpoint,
  costs.deleteRateEndpoint,
  costs.exportRatesEndpoint,
  costs.importRatesEndpoint,
  webhookEndpoints.listWebhookEndpointsEndpoint,
  webhookEndpoints.createWebhookEndpointEndpoint,
  webhookEndpoints.getWebhookEndpointEndpoint,
  webhookEndpoints.updateWebhookEndpointEndpoint,
  webhookEndpoints.deleteWebhookEndpointEndpoint,
  webhookEndpoints.rotateWebhookSecretEndpoint,
  webhookEndpoints.testWebhookEndpointEndpoint,
  webhookEndpoints.listWebhookDeliveriesEndpoint,
  webhookEndpoints.redeliverEndpoint,
  webhook.verifyWhatsappWebhook,
  webhook.receiveWhatsappWebhook,
  operations.healthEndpoint,
  operations.metricsEndpoint,
  operations.openApiEndpoint,
];

const errorSchema = z
  .object({
    success: z.literal(false),
    error: z.object({
      code: z.string().meta({ description: 'For programs.', example: 'validation_failed' }),
      message: z.string().meta({ description: 'One sentence a person can act on.' }),
      issues: z
        .array(
          z.object({ path: z.string().meta({ example: 'recipients[3].phone_number' }), message: z.string() }),
        )
        .meta({ description: 'What is wrong where; the first 100.' }),
    }),
  })
  .meta({ id: 'Error', description: 'How every failure is told.' });

const errorDescriptions = {
  400: 'The request is malformed.',
  401: 'Not signed in, or not any more.',
  403: 'Not allowed, such as a change by cookie from another site.',
  404: 'There is no such thing, or it is not yours.',
  408: 'The body took too long to arrive.',
  409: 'Not possible in the present state.',
  413: 'The body is too large.',
  415: 'The body has another media type than is taken here.',
  422: 'Well-formed, but not valid: `issues` says where.',
  429: 'Too many attempts; come again after `Retry-After` seconds.',
  503: 'Not possible at the moment; come again after `Retry-After` seconds.',
} as const;

type ErrorStatus = keyof typeof errorDescriptions;

function errorStatuses(e: Endpoint): ErrorStatus[] {
  const isChange = e.method !== 'GET';
  const hasBody = e.body !== undefined || e.multipart !== undefined || e.bytes === true;
  const found: [ErrorStatus, boolean][] = [
    [400, hasBody],
    [401, e.auth === 'user' || hasBody],
    [403, e.auth === 'user' && isChange],
    [404, e.params !== undefined],
    [408, false],
    [409, isChange && e.tag !== 'Webhook'],
    [413, hasBody],
    [415, hasBody && !e.bytes],
    [422, hasBody || e.query !== undefined],
    [429, e.limited === true || (e.auth === 'none' && e.tag === 'Auth')],
    [503, true],
  ];
  return found.filter(([status, applies]) => applies || status in e.responses).map(([status]) => status);
}

const idempotencyKeyParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Up to 255 characters of your own. The same key and body within 24 hours answer the first answer again and do nothing twice; the same key with another body is a 409.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
} as const;

/** The whole API as an OpenAPI 3.1 document, from the schemas that also validate. */
export function buildOpenApi({ baseUrl, version }: { baseUrl: string; version: string }) {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'bearerAuth', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'The access token of a sign-in (a JWT, good for 15 minutes), or an API key (`hrld_` and 43 characters, good until it expires or is revoked). A key with `read` access gets a 403 `read_only_key` on anything but GET; with no key can keys, passwords or sessions be managed (403 `api_key_not_allowed`).',
  });
  registry.registerComponent('securitySchemes', 'sessionCookie', {
    type: 'apiKey',
    in: 'cookie',
    name: baseUrl.startsWith('https://') ? '__Host-herald.session' : 'herald.session',
    description: "The browser's session. Changes must come from the same origin.",
  });
  for (const each of endpoints) registry.registerPath(toRoute(each));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Herald',
      version,
      description: 'Self-hosted WhatsApp campaigns: as fast as allowed, never twice to the same person.',
    },
    servers: [{ url: baseUrl }],
    tags: [...new Set(endpoints.map((each) => each.tag))].map((name) => ({ name })),
  });
}

function toRoute(e: Endpoint): RouteConfig {
  return {
    method: e.method.toLowerCase() as Lowercase<Endpoint['method']>,
    path: e.path,
    operationId: operationId(e),
    tags: [e.tag],
    summary: e.summary,
    ...(e.description === undefined ? {} : { description: e.description }),
    security: e.auth === 'user' ? [{ bearerAuth: [] }, { sessionCookie: [] }] : [],
    ...(e.idempotent ? { parameters: [idempotencyKeyParameter] } : {}),
    request: {
      params: asObject(e, e.params),
      query: asObject(e, e.query),
      ...(e.body || e.multipart || e.bytes
        ? { body: { required: e.bodyOptional !== true, content: bodyContent(e) } }
        : {}),
    },
    responses: { ...errorResponses(e), ...ownResponses(e) },
  };
}

/** `post_api_campaigns_id_send`: stable, and a name in any language a client is generated for. */
function operationId(e: Endpoint): string {
  return `${e.method.toLowerCase()}_${e.path.replace(/\W+/g, '_').replace(/^_|_$/g, '')}`;
}

function asObject(e: Endpoint, schema: z.ZodType | undefined): z.ZodObject | undefined {
  if (schema === undefined || schema instanceof z.ZodObject) return schema;
  throw new Error(`${e.method} ${e.path}: parameters must be an object schema.`);
}

function bodyContent(e: Endpoint) {
  if (e.bytes)
    return { 'application/octet-stream': { schema: { type: 'string' as const, format: 'binary' } } };
  return {
    ...(e.body ? { 'application/json': { schema: e.body } } : {}),
    ...(e.multipart ? { 'multipart/form-data': { schema: e.multipart } } : {}),
  };
}

/** What the endpoint itself describes: its successes, and failures that have a shape of their own. */
function ownResponses(e: Endpoint): RouteConfig['responses'] {
  const own = Object.entries(e.responses).filter(
    ([status]) => Number(status) < 400 || e.tag === 'Operations',
  );
  return Object.fromEntries(
    own.map(([status, answer]) => [
      status,
      {
        description: Number(status) < 400 ? 'Done.' : errorDescriptions[503],
        content:
          typeof answer === 'string'
            ? { [answer]: { schema: { type: 'string' as const } } }
            : { 'application/json': { schema: answer } },
      },
    ]),
  );
}

function errorResponses(e: Endpoint): RouteConfig['responses'] {
  return Object.fromEntries(
    errorStatuses(e).map((status) => [
      String(status),
      { description: errorDescriptions[status], content: { 'application/json': { schema: errorSchema } } },
    ]),
  );
}
