"""Rounds: what belongs to one that is closed, and who went on from it."""

import sqlalchemy as sa
from alembic import op
import thinkia.db.types
from migrations import guards

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None

TABLES = ('review', 'plan', 'ranking', 'chair_decision')
BEFORE = "'draft', 'submitted', 'withdrawn', 'excluded'"
CURRENT = "state IN ('proposed', 'confirmed')"


def upgrade():
    with op.batch_alter_table('call', schema=None) as batch_op:
        batch_op.add_column(sa.Column('round', sa.Integer(), nullable=False, server_default='0'))
        batch_op.create_check_constraint(op.f('ck_call_round'), 'round >= 0')
    for table in TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column('closed_round', sa.Integer(), nullable=True))
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('uq_review_juror_id_submission_id'), type_='unique')
        batch_op.create_unique_constraint(op.f('uq_review_juror_id_submission_id_closed_round'), ['juror_id', 'submission_id', 'closed_round'])
    _unique('review', 'uq_review_standing', ['juror_id', 'submission_id'], 'closed_round IS NULL')
    op.drop_index('uq_ranking_current', table_name='ranking')
    _unique('ranking', 'uq_ranking_current', ['call_id'], f'{CURRENT} AND closed_round IS NULL')
    _seeds(rounds=True)
    with op.batch_alter_table('submission', schema=None) as batch_op:
        _states(batch_op, f"{BEFORE}, 'waiting', 'out'", "state IN ('draft', 'withdrawn') OR receipt_id IS NOT NULL")
    with op.batch_alter_table('deliberation_note', schema=None) as batch_op:
        batch_op.add_column(sa.Column('round', sa.Integer(), nullable=False, server_default='0'))
    op.create_table(
        'round_closing',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('call_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('ranking_id', sa.Integer(), nullable=False),
        sa.Column('closed_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column('closed_by_id', sa.Integer(), nullable=False),
        sa.Column('agreement_id', sa.Integer(), nullable=True),
        sa.Column('content', sa.Text(), nullable=False),
        sa.Column('gone', sa.JSON(), nullable=False),
        sa.CheckConstraint('number >= 0', name=op.f('ck_round_closing_number')),
        sa.ForeignKeyConstraint(['agreement_id'], ['agreement.id'], name=op.f('fk_round_closing_agreement_id_agreement')),
        sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_round_closing_call_id_call')),
        sa.ForeignKeyConstraint(['closed_by_id'], ['account.id'], name=op.f('fk_round_closing_closed_by_id_account')),
        sa.ForeignKeyConstraint(['ranking_id'], ['ranking.id'], name=op.f('fk_round_closing_ranking_id_ranking')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_round_closing')),
        sa.UniqueConstraint('call_id', 'number', name=op.f('uq_round_closing_call_id_number')),
        sa.UniqueConstraint('ranking_id', name=op.f('uq_round_closing_ranking_id')),
    )


def downgrade():
    """Only the round that a call is in is kept: there was no place for another one."""
    op.drop_table('round_closing')
    guards.may_shrink(op, 'deliberation_note')  # making the table again would take the guard with it on SQLite
    with op.batch_alter_table('deliberation_note', schema=None) as batch_op:
        batch_op.drop_column('round')
    guards.only_grows(op, 'deliberation_note')
    op.execute("UPDATE submission SET state = 'withdrawn' WHERE state IN ('waiting', 'out')")
    with op.batch_alter_table('submission', schema=None) as batch_op:
        _states(batch_op, BEFORE, "state NOT IN ('submitted', 'excluded') OR receipt_id IS NOT NULL")
    _seeds(rounds=False)
    op.drop_index('uq_ranking_current', table_name='ranking')
    op.execute("UPDATE ranking SET state = 'superseded', confirmed_at = NULL, confirmed_by_id = NULL WHERE closed_round IS NOT NULL")
    _unique('ranking', 'uq_ranking_current', ['call_id'], CURRENT)
    op.drop_index('uq_review_standing', table_name='review')
    _without_closed_reviews()
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('uq_review_juror_id_submission_id_closed_round'), type_='unique')
        batch_op.create_unique_constraint(op.f('uq_review_juror_id_submission_id'), ['juror_id', 'submission_id'])
    for table in TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column('closed_round')
    with op.batch_alter_table('call', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_call_round'), type_='check')
        batch_op.drop_column('round')


def _unique(table, name, columns, where):
    condition = sa.text(where)
    op.create_index(name, table, columns, unique=True, sqlite_where=condition, postgresql_where=condition)


def _states(batch_op, known, receipt):
    batch_op.drop_constraint(op.f('ck_submission_submissionstate'), type_='check')
    batch_op.create_check_constraint(op.f('ck_submission_submissionstate'), f'state IN ({known})')
    batch_op.drop_constraint(op.f('ck_submission_receipt'), type_='check')
    batch_op.create_check_constraint(op.f('ck_submission_receipt'), receipt)


def _seeds(rounds):
    """The table anew: its key was the call alone, and a call can have a seed for each round."""
    op.rename_table('lottery_seed', 'lottery_seed_before')
    key = [sa.Column('id', sa.Integer(), nullable=False)] if rounds else []
    last = [sa.Column('closed_round', sa.Integer(), nullable=True)] if rounds else []
    unique = [sa.UniqueConstraint('call_id', 'closed_round', name=op.f('uq_lottery_seed_call_id_closed_round'))] if rounds else []
    if op.get_bind().dialect.name == 'postgresql':  # names of constraints and their indexes are of the schema
        for name in ('pk_lottery_seed', 'fk_lottery_seed_call_id_call', 'fk_lottery_seed_recorded_by_id_account', 'fk_lottery_seed_agreement_id_agreement'):
            op.execute(f'ALTER TABLE lottery_seed_before RENAME CONSTRAINT {name} TO {name}_before')
    op.create_table(
        'lottery_seed',
        *key,
        sa.Column('call_id', sa.Integer(), nullable=False),
        sa.Column('seed', sa.String(length=200), nullable=False),
        sa.Column('recorded_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column('recorded_by_id', sa.Integer(), nullable=False),
        sa.Column('agreement_id', sa.Integer(), nullable=True),
        *last,
        sa.ForeignKeyConstraint(['agreement_id'], ['agreement.id'], name=op.f('fk_lottery_seed_agreement_id_agreement')),
        sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_lottery_seed_call_id_call')),
        sa.ForeignKeyConstraint(['recorded_by_id'], ['account.id'], name=op.f('fk_lottery_seed_recorded_by_id_account')),
        sa.PrimaryKeyConstraint('id' if rounds else 'call_id', name=op.f('pk_lottery_seed')),
        *unique,
    )
    columns = 'call_id, seed, recorded_at, recorded_by_id, agreement_id'
    kept = '' if rounds else ' WHERE closed_round IS NULL'
    op.execute(f'INSERT INTO lottery_seed ({columns}) SELECT {columns} FROM lottery_seed_before{kept}')
    op.drop_table('lottery_seed_before')
    if rounds:
        _unique('lottery_seed', 'uq_lottery_seed_standing', ['call_id'], 'closed_round IS NULL')


def _without_closed_reviews():
    """Reviews of rounds that are closed, with what hangs on them."""
    closed = 'SELECT id FROM review WHERE closed_round IS NOT NULL'
    guards.may_shrink(op, 'former_review')
    op.execute(f'DELETE FROM former_review WHERE review_id IN ({closed})')
    guards.only_grows(op, 'former_review')
    op.execute(f'DELETE FROM mark WHERE review_id IN ({closed})')
    op.execute(f'DELETE FROM review WHERE id IN ({closed})')
