const PAGE_ROWS = 5_000;

/** The recipients to be sent to, page by page, as the harness has stored them. */
export async function* recipientPages(pool) {
  let after = 0;
  for (;;) {
    const { rows } = await pool.query(
      'SELECT id::int AS id, phone FROM bench_recipients WHERE id > $1 ORDER BY id LIMIT $2',
      [after, PAGE_ROWS],
    );
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1).id;
  }
}
