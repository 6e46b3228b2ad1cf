import { ListSkeleton } from '@/components/settings/skeletons';
import { BetweenPages } from '../../between-pages';

export default function Loading() {
  return (
    <BetweenPages>
      <ListSkeleton rows={3} label="The webhook endpoints are being read" />
    </BetweenPages>
  );
}
