import { handleNextAuth } from '@/lib/auth/next-auth-routes';

export { handleNextAuth as GET, handleNextAuth as POST };
