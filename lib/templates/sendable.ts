import { AppError } from '@/lib/errors';
import { readSlots } from './read-slots';
import type { ParameterFormat, TemplateComponent } from './schema';

export interface SendableQuestion {
  status: string;
  parameter_format: ParameterFormat;
  components: readonly TemplateComponent[];
  rejected_reason?: string | null;
}

/** The state alone: APPROVED is the only one WhatsApp sends (reference §4). The list stays open. */
const STATE: Record<string, string> = {
  PENDING: 'WhatsApp is still reviewing this template (PENDING): sync again once it is approved.',
  IN_APPEAL: 'This template is in appeal at WhatsApp (IN_APPEAL): sync again once it is decided.',
  REJECTED:
    'WhatsApp rejected this template (REJECTED): correct it in WhatsApp Manager, or choose another one.',
  PAUSED:
    'WhatsApp paused this template because people reported or ignored it (PAUSED): wait until the pause is over or choose another one.',
  DISABLED: 'WhatsApp disabled this template for good (DISABLED): choose another one.',
  PENDING_DELETION: 'This template is being deleted at WhatsApp (PENDING_DELETION): choose another one.',
  DELETED: 'This template no longer exists at WhatsApp (DELETED): choose another one.',
  ARCHIVED:
    'This template is archived at WhatsApp (ARCHIVED): take it out of the archive in WhatsApp Manager, or choose another one.',
  LIMIT_EXCEEDED:
    'The WhatsApp account has too many templates (LIMIT_EXCEEDED): delete some in WhatsApp Manager, then sync again.',
};

/** Why a template cannot be sent now, in one sentence that says what to do; null when it can (browser-safe). */
export function unsendableReason(template: SendableQuestion): string | null {
  return stateReason(template) ?? unsupportedReason(template);
}

/** Throws AppError 422 `template_not_approved`, or `template_not_supported` for parts Herald cannot fill yet. */
export function assertSendable(template: SendableQuestion): void {
  const state = stateReason(template);
  if (state) throw new AppError('invalid', 'template_not_approved', state);
  assertSupported(template);
}

/** Throws AppError 422 `template_not_supported` for parts Herald cannot fill yet, whatever the state. */
export function assertSupported(template: Omit<SendableQuestion, 'status'>): void {
  const unsupported = unsupportedReason(template);
  if (unsupported) throw new AppError('invalid', 'template_not_supported', unsupported);
}

function stateReason({ status, rejected_reason: reason }: SendableQuestion): string | null {
  if (status === 'APPROVED') return null;
  const sentence =
    STATE[status] ??
    `This template is in the state ${status} at WhatsApp, and only APPROVED ones are sent: look at it in WhatsApp Manager, then sync again.`;
  return reason && reason !== 'NONE' ? `${sentence} WhatsApp's reason: ${reason}.` : sentence;
}

function unsupportedReason(template: Omit<SendableQuestion, 'status'>): string | null {
  const { unsupported } = readSlots(template.components, template.parameter_format);
  if (unsupported.length === 0) return null;
  return `This template has ${unsupported.join(' and ')}, which Herald cannot send yet: choose a template without it.`;
}
