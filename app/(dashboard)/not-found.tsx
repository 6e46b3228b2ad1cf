// Inside the dashboard the navigation stays, and the layout has the main part.
export { NothingHere as default } from '@/components/layout/nothing-here';
export { metadata } from '../not-found';
