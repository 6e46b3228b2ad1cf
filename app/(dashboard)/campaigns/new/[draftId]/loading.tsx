import { WizardSkeleton } from '@/components/wizard/wizard-skeleton';

export default function Loading() {
  return <WizardSkeleton />;
}
