"""Rules that a table definition cannot say: some tables are only ever added to, two tables name each other."""

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


def only_grows(op, table):
    """Rows of this table are added and read, never changed nor removed."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {table}_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table} is only ever added to'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_only_grows()"
        )
        return
    for verb in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END"
        )


def may_shrink(op, table):
    """Take that guard down again."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP TRIGGER {table}_only_grows ON {table}")
        op.execute(f"DROP FUNCTION {table}_only_grows()")
        return
    for verb in ("update", "delete"):
        op.execute(f"DROP TRIGGER {table}_no_{verb}")


CHANGES_GROUP = "NEW.evaluators <> OLD.evaluators AND EXISTS (SELECT 1 FROM review WHERE juror_id = OLD.id)"


def group_stays(op):
    """Nobody changes the group of evaluators that a juror sits in once he or she has a proposal."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION juror_group_stays() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {CHANGES_GROUP} THEN RAISE EXCEPTION 'a juror with proposals stays in the group'; "
            "END IF; RETURN NEW; END $$"
        )
        op.execute(
            "CREATE TRIGGER juror_group_stays BEFORE UPDATE OF evaluators ON juror "
            "FOR EACH ROW EXECUTE FUNCTION juror_group_stays()"
        )
        return
    op.execute(
        f"CREATE TRIGGER juror_group_stays BEFORE UPDATE OF evaluators ON juror WHEN {CHANGES_GROUP} "
        "BEGIN SELECT RAISE(ABORT, 'a juror with proposals stays in the group'); END"
    )


def group_may_change(op):
    """Take that guard down again."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER juror_group_stays ON juror")
        op.execute("DROP FUNCTION juror_group_stays()")
        return
    op.execute("DROP TRIGGER juror_group_stays")
