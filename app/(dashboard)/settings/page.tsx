import type { Metadata } from 'next';
import { LateStartsForm } from '@/components/settings/late-starts-form';
import { PasswordForm } from '@/components/settings/password-form';
import { ProfileForm } from '@/components/settings/profile-form';
import { Section } from '@/components/settings/section';
import { SignOutEverywhere } from '@/components/settings/sign-out-everywhere';
import { readAs } from '@/lib/auth/read-as';
import { getWorkspaceSettings } from '@/lib/settings/workspace';
import { requireUser } from '../require-user';

export const metadata: Metadata = { title: 'Settings' };

export default async function AccountPage() {
  const user = await requireUser('/settings');
  const { email, name } = user;
  const account = await readAs(user, () => getWorkspaceSettings(user.workspaceId));
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
      <Section
        id="late-starts"
        title="Late starts"
        lead="A campaign whose planned time passed while Herald was not running still starts by itself if it is no later than this. After that it waits and asks."
      >
        <LateStartsForm minutes={account.late_after_minutes} />
      </Section>
    </>
  );
}
