/** The first call to make with a key: it changes nothing. */
export function whoAmI(baseUrl: string, key = 'hrld_…'): string {
  return `curl ${baseUrl}/api/auth/me \\\n  -H 'Authorization: Bearer ${key}'`;
}

/** A campaign by one call; it is a draft until it is sent. */
export function makeCampaign(baseUrl: string): string {
  return `curl ${baseUrl}/api/campaigns/create \\
  -H 'Authorization: Bearer hrld_…' \\
  -H 'Content-Type: application/json' \\
  -d '{"name": "First campaign", "template_id": 1,
       "recipients": [{"phone_number": "+12025550199", "body_param_1": "Ana"}]}'`;
}
