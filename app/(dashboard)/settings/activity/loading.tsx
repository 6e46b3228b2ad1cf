import { ListSkeleton } from '@/components/settings/skeletons';

export default function Loading() {
  return <ListSkeleton rows={8} label="The activity is being read" />;
}
