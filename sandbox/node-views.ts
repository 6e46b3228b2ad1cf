import { APP_ID, displayNumber } from './identifiers';
import type { SandboxNumber, Waba } from './state';
import type { GraphTemplate } from './template';

const HIGH_THROUGHPUT = 1000;

const severity = ['AVAILABLE', 'LIMITED', 'BLOCKED'] as const;

function healthOf(number: SandboxNumber, waba: Waba): object {
  const blocked = number.can_send_message !== 'AVAILABLE';
  const problem = {
    error_code: 141_006,
    error_description: 'There is an issue with this phone number.',
    possible_solution: 'See the account in WhatsApp Manager.',
  };
  return {
    can_send_message: number.can_send_message,
    entities: [
      {
        entity_type: 'PHONE_NUMBER',
        id: number.id,
        can_send_message: number.can_send_message,
        ...(blocked ? { errors: [problem] } : {}),
      },
      ...healthOfAccount(waba),
    ],
  };
}

/** What is over every number of an account: the account, the portfolio that owns it, and the app. */
function healthOfAccount(waba: Waba): object[] {
  return [
    { entity_type: 'WABA', id: waba.id, can_send_message: 'AVAILABLE' },
    { entity_type: 'BUSINESS', id: waba.portfolio_id, can_send_message: 'AVAILABLE' },
    { entity_type: 'APP', id: APP_ID, can_send_message: 'AVAILABLE' },
  ];
}

/** Every field of a phone number that can be asked for. */
export function numberNode(number: SandboxNumber, waba: Waba): Record<string, unknown> {
  return {
    id: number.id,
    display_phone_number: displayNumber(number.digits),
    verified_name: number.verified_name,
    quality_rating: number.quality_rating,
    status: number.status,
    throughput: { level: number.messages_per_second >= HIGH_THROUGHPUT ? 'HIGH' : 'STANDARD' },
    whatsapp_business_manager_messaging_limit: number.messaging_limit,
    messaging_limit_tier: number.messaging_limit,
    health_status: healthOf(number, waba),
    code_verification_status: 'VERIFIED',
    name_status: 'APPROVED',
    platform_type: 'CLOUD_API',
    account_mode: 'SANDBOX',
    is_official_business_account: false,
    country_dial_code: number.country_code,
    last_onboarded_time: number.created_at,
  };
}

export const NUMBER_FIELDS = ['id', 'display_phone_number', 'verified_name', 'quality_rating'] as const;
export const LISTED_NUMBER_FIELDS = [
  ...NUMBER_FIELDS,
  'status',
  'code_verification_status',
  'platform_type',
  'throughput',
  'country_dial_code',
] as const;

export function wabaNode(waba: Waba, numbers: readonly SandboxNumber[]): Record<string, unknown> {
  const worst = numbers.reduce(
    (found, number) => Math.max(found, severity.indexOf(number.can_send_message)),
    0,
  );
  return {
    id: waba.id,
    name: waba.name,
    timezone_id: '1',
    currency: 'USD',
    country: 'US',
    message_template_namespace: `sandbox_${waba.id}`,
    account_review_status: 'APPROVED',
    business_verification_status: 'verified',
    ownership_type: 'SELF',
    whatsapp_business_manager_messaging_limit: numbers[0]?.messaging_limit ?? 'TIER_UNLIMITED',
    health_status: { can_send_message: severity[worst] ?? 'AVAILABLE', entities: healthOfAccount(waba) },
  };
}

export const WABA_FIELDS = ['id', 'name', 'timezone_id', 'message_template_namespace'] as const;

export function templateNode(template: GraphTemplate): Record<string, unknown> {
  return {
    sub_category: undefined,
    previous_category: undefined,
    correct_category: undefined,
    message_send_ttl_seconds: undefined,
    health_status: {
      can_send_message: template.status === 'APPROVED' ? 'AVAILABLE' : 'BLOCKED',
      entities: [],
    },
    ...template,
  };
}

export const TEMPLATE_FIELDS = [
  'name',
  'parameter_format',
  'components',
  'language',
  'status',
  'category',
  'sub_category',
  'previous_category',
  'id',
] as const;
