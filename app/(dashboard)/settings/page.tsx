import type { Metadata } from 'next';
import { PasswordForm } from '@/components/settings/password-form';
import { ProfileForm } from '@/components/settings/profile-form';
import { Section } from '@/components/settings/section';
import { SignOutEverywhere } from '@/components/settings/sign-out-everywhere';
import { requireUser } from '../require-user';

export const metadata: Metadata = { title: 'Settings' };

export default async function AccountPage() {
  const { email, name } = await requireUser('/settings');
  return (
    <>
      <Section id="profile" title="Profile" lead="The name others see beside what you did.">
        <ProfileForm email={email} name={name} />
      </Section>
      <Section
        id="password"
        title="Password"
        lead="Changing it signs out every other browser and program at once. API keys go on working."
      >
        <PasswordForm email={email} />
      </Section>
      <Section
        id="sessions"
        title="Sessions"
        lead="When a device was lost, or you forgot to sign out somewhere."
      >
        <SignOutEverywhere />
      </Section>
    </>
  );
}
