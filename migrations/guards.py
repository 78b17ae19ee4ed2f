"""Rules that a table definition cannot say: the journal is only ever added to, two tables name each other."""

SQLITE_UP = (
    "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal "
    "BEGIN SELECT RAISE(ABORT, 'the journal is only ever added to'); END",
    "CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal "
    "BEGIN SELECT RAISE(ABORT, 'the journal is only ever added to'); END",
)
SQLITE_DOWN = ("DROP TRIGGER journal_no_update", "DROP TRIGGER journal_no_delete")
POSTGRESQL_UP = (
    "CREATE FUNCTION journal_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the journal is only ever added to'; END $$",
    "CREATE TRIGGER journal_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON journal "
    "FOR EACH STATEMENT EXECUTE FUNCTION journal_only_grows()",
)
POSTGRESQL_DOWN = ("DROP TRIGGER journal_only_grows ON journal", "DROP FUNCTION journal_only_grows()")

# SQLite takes these with the tables; on PostgreSQL both tables must be there first.
CIRCLES = (
    ("fk_call_version_id_bases_version", "call", "bases_version", ["version_id"], ["id"]),
    ("fk_submission_receipt_id_receipt", "submission", "receipt", ["receipt_id"], ["id"]),
)


def upgrade(op):
    """Put the guards up, on either database."""
    if op.get_bind().dialect.name == "postgresql":
        for circle in CIRCLES:
            op.create_foreign_key(*circle)
    for statement in SQLITE_UP if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_UP:
        op.execute(statement)


def downgrade(op):
    """Take them down again."""
    if op.get_bind().dialect.name == "postgresql":
        for name, table, *_ in CIRCLES:
            op.drop_constraint(name, table)
    for statement in SQLITE_DOWN if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_DOWN:
        op.execute(statement)
