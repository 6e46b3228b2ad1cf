import { SectionsSkeleton } from '@/components/settings/skeletons';

export default function Loading() {
  return <SectionsSkeleton sections={3} label="Your account is being read" />;
}
