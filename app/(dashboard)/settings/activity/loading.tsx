import { ListSkeleton } from '@/components/settings/skeletons';
import { BetweenPages } from '../../between-pages';

export default function Loading() {
  return (
    <BetweenPages>
      <ListSkeleton rows={8} label="The activity is being read" />
    </BetweenPages>
  );
}
