/** The four steps from signing up to a running campaign (browser-safe). */
export const ONBOARDING_STEPS = ['sender', 'templates', 'test', 'campaign'] as const;

export type OnboardingStep = (typeof ONBOARDING_STEPS)[number];

/** Which steps a workspace has really done. */
export type Checklist = Record<OnboardingStep, boolean>;
