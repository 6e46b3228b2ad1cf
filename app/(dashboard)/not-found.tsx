// Inside the dashboard the navigation stays.
export { default, metadata } from '../not-found';
