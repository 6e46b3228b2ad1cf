'use client';

import { ErrorSummary } from '@/components/auth/error-summary';
import { faultOf } from '@/components/auth/form-values';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { SelectField } from '@/components/ui/select-field';
import { PasswordField, TextField } from '@/components/ui/text-field';
import { CheckList } from './check-list';
import { FIELD_LABELS, useConnect, type ConnectValues } from './use-connect';

interface ConnectFormProps {
  countries: { value: string; word: string }[];
}

/** Connects a number of Meta's: where each value is found, a test in place, then saved. */
export function ConnectForm({ countries }: ConnectFormProps) {
  const form = useConnect();
  const field = (name: keyof ConnectValues) => ({
    ...{ id: name, name, label: FIELD_LABELS[name], value: form.values[name] },
    error: faultOf(form.faults, name),
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => form.set(name, event.target.value),
  });
  return (
    <section aria-labelledby="connect" className="rounded-lg border bg-surface p-4">
      <h2 id="connect" className="font-semibold">
        Connect a number
      </h2>
      <p className="mt-1 max-w-[70ch] text-muted">
        A number of yours on WhatsApp’s Cloud API. You find all of it at developers.facebook.com, in the Meta
        app that the number belongs to.
      </p>
      <div className="mt-6 grid grid-cols-1 gap-8 lg:grid-cols-[minmax(0,30rem)_minmax(0,1fr)]">
        <form
          noValidate
          method="post"
          className="space-y-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (!form.isTesting && !form.isSaving) void form.submit();
          }}
        >
          <ErrorSummary faults={form.faults} />
          <TextField
            {...field('name')}
            maxLength={100}
            required
            hint="For you and your team; nobody else sees it."
          />
          <TextField
            {...field('phone_number_id')}
            inputMode="numeric"
            required
            hint="WhatsApp → API Setup, under the number you send from. Digits only; not the phone number itself."
          />
          <TextField
            {...field('waba_id')}
            inputMode="numeric"
            required
            hint="On the same page, beside the phone number ID."
          />
          <PasswordField
            {...field('access_token')}
            what="access token"
            autoComplete="new-password"
            required
            hint="Business settings → System users → Generate token, with whatsapp_business_messaging and whatsapp_business_management. The one of API Setup ends after a day."
          />
          <PasswordField
            {...field('app_secret')}
            what="app secret"
            autoComplete="new-password"
            required
            hint="App settings → Basic → App secret → Show. Herald proves with it that reports come from Meta."
          />
          <SelectField
            {...field('default_country')}
            options={[{ value: '', word: 'None' }, ...countries]}
            hint="What a number in your lists is taken for when it names no country."
          />
          <p className="text-muted">Token and secret are stored encrypted, and never shown again.</p>
          {form.isDoubtful && (
            <Banner look="warn" title="Not every check passed">
              You can save it anyway and mend it on its page. Until then campaigns of this sender may not go
              out, or not be reported on.
            </Banner>
          )}
          <div className="flex flex-col gap-2 md:flex-row">
            <Button type="submit" look="primary" busy={form.isSaving}>
              {form.isDoubtful ? 'Save anyway' : 'Save sender'}
            </Button>
            <Button busy={form.isTesting} onClick={form.test}>
              Test connection
            </Button>
          </div>
        </form>
        <div className="lg:border-s lg:ps-8">
          <div className="lg:sticky lg:top-6">
            <h3 className="mb-2 font-semibold">Connection test</h3>
            {form.checks ? (
              <CheckList checks={form.checks} />
            ) : (
              <p className="max-w-[60ch] text-muted">
                {form.isTesting
                  ? 'Asking WhatsApp…'
                  : 'It asks WhatsApp whether it takes the token, and whether it shows the number, the account and the templates. Saving tests first, too.'}
              </p>
            )}
          </div>
        </div>
      </div>
    </section>
  );
}
