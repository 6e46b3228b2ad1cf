import { SectionsSkeleton } from '@/components/settings/skeletons';
import { BetweenPages } from '../../between-pages';

export default function Loading() {
  return (
    <BetweenPages>
      <SectionsSkeleton sections={3} label="Your preferences are being read" />
    </BetweenPages>
  );
}
