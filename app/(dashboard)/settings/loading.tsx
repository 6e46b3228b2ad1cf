import { SectionsSkeleton } from '@/components/settings/skeletons';
import { BetweenPages } from '../between-pages';

export default function Loading() {
  return (
    <BetweenPages>
      <SectionsSkeleton sections={4} label="Your account is being read" />
    </BetweenPages>
  );
}
