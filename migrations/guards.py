"""Rules that a table definition cannot say: the journal is only ever added to."""

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


def upgrade(op):
    """Put the guards up, on either database."""
    for statement in SQLITE_UP if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_UP:
        op.execute(statement)


def downgrade(op):
    """Take them down again."""
    for statement in SQLITE_DOWN if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_DOWN:
        op.execute(statement)
