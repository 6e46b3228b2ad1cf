import { ListSkeleton } from '@/components/settings/skeletons';

export default function Loading() {
  return <ListSkeleton rows={3} label="The API keys are being read" />;
}
