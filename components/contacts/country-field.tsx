import { getCountries, getCountryCallingCode } from 'libphonenumber-js/min';
import { SelectField } from '@/components/ui/select-field';

const names = new Intl.DisplayNames('en', { type: 'region' });

const OPTIONS = [
  { value: '', word: 'None: every number has its + and country code' },
  ...getCountries()
    .map((country) => ({
      value: country,
      word: `${names.of(country) ?? country} (+${getCountryCallingCode(country)})`,
    }))
    .sort((a, b) => a.word.localeCompare(b.word, 'en')),
];

interface CountryFieldProps {
  id: string;
  value: string;
  onChange: (country: string) => void;
}

/** The country of numbers that are written without one. */
export function CountryField({ id, value, onChange }: CountryFieldProps) {
  return (
    <SelectField
      id={id}
      label="Country of numbers without one"
      options={OPTIONS}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
