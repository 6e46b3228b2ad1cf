-- The second wall between workspaces, behind the condition that every statement carries (docs/adr/tenant-wall.md).
-- A row can be seen and written only by a session whose setting herald.workspace is the row's workspace, or '*': the
-- engine, the webhooks and signing in. Unset or empty it counts as NULL, and nothing can be seen or written.
--
-- Each sub-select is worked out once a statement, not once a row, and the second only when the first is not true.
-- FORCE, because the application owns the tables. A new table with a workspace_id needs the same: a test says so.
DO $$
DECLARE
  tenant_table text;
  workspace_column text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'workspaces', 'campaigns', 'campaign_counters', 'campaign_events', 'campaign_permits', 'rejected_rows',
    'recipients', 'past_attempts', 'senders', 'templates', 'rate_limits', 'parked_webhooks', 'inbound_messages',
    'opt_outs', 'idempotency_keys'
  ] LOOP
    workspace_column := CASE tenant_table WHEN 'workspaces' THEN 'id' ELSE 'workspace_id' END;
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format($policy$
      CREATE POLICY tenant_wall ON %1$I USING (
        (SELECT current_setting('herald.workspace', true) = '*')
        OR %2$I = (SELECT nullif(nullif(current_setting('herald.workspace', true), ''), '*')::uuid)
      ) WITH CHECK (
        (SELECT current_setting('herald.workspace', true) = '*')
        OR %2$I = (SELECT nullif(nullif(current_setting('herald.workspace', true), ''), '*')::uuid)
      )$policy$, tenant_table, workspace_column);
  END LOOP;
END
$$;
