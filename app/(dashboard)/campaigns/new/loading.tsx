import { WizardSkeleton } from '@/components/wizard/wizard-skeleton';
import { BetweenPages } from '../../between-pages';

export default function Loading() {
  return (
    <BetweenPages>
      <WizardSkeleton />
    </BetweenPages>
  );
}
