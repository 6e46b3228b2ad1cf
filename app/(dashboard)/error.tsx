'use client';

// Inside the dashboard the navigation stays.
export { default } from '../error';
