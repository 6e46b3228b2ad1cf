export { LiveData as default } from '@/components/api/live-data';
