import { ListSkeleton } from '@/components/settings/skeletons';
import { BetweenPages } from '../../between-pages';

export default function Loading() {
  return (
    <BetweenPages>
      <ListSkeleton rows={6} label="The rates are being read" />
    </BetweenPages>
  );
}
