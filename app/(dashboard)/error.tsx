'use client';

// Inside the dashboard the navigation stays, and the layout has the main part.
export { PageFailed as default } from '@/components/layout/page-failed';
