"""Conflicts about a team or an institution, and what tells two spellings of an institution to be one."""

import sqlalchemy as sa
from alembic import op

from thinkia.domain.conflicts import institution_key

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

STANDING = sa.text('withdrawn_at IS NULL')


def upgrade():
    for table in ('account', 'registration'):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column('institution_key', sa.String(length=200), nullable=False, server_default=''))
    _fold()
    with op.batch_alter_table('account') as batch_op:
        batch_op.create_index('ix_account_institution_key', ['institution_key'], unique=False)
    with op.batch_alter_table('registration') as batch_op:
        batch_op.create_index('ix_registration_call_id_institution_key', ['call_id', 'institution_key'], unique=False)

    with op.batch_alter_table('conflict') as batch_op:
        batch_op.add_column(sa.Column('scope', sa.String(length=24), nullable=False, server_default='submission'))
        batch_op.add_column(sa.Column('team_code', sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column('institution', sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column('institution_key', sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column('withdrawn_by_id', sa.Integer(), nullable=True))
        batch_op.alter_column('submission_id', existing_type=sa.Integer(), nullable=True)
        batch_op.create_foreign_key('fk_conflict_withdrawn_by_id_account', 'account', ['withdrawn_by_id'], ['id'])
        for name, condition in CONDITIONS:
            batch_op.create_check_constraint(op.f(f'ck_conflict_{name}'), condition)
    for name, column in (('institution', 'institution_key'), ('team', 'team_code')):
        op.create_index(
            f'uq_conflict_standing_{name}', 'conflict', ['juror_id', column], unique=True,
            sqlite_where=STANDING, postgresql_where=STANDING,
        )


CONDITIONS = (
    ('conflictscope', "scope IN ('submission', 'team', 'institution')"),
    ('submission', "(scope = 'submission') = (submission_id IS NOT NULL)"),
    ('team', "(scope = 'team') = (team_code IS NOT NULL)"),
    ('institution', "(scope = 'institution') = (institution_key IS NOT NULL)"),
    ('named', '(institution_key IS NULL) = (institution IS NULL)'),
    ('withdrawn', 'withdrawn_by_id IS NULL OR withdrawn_at IS NOT NULL'),
)


def downgrade():
    op.execute("DELETE FROM conflict WHERE scope <> 'submission'")
    for name in ('team', 'institution'):
        op.drop_index(f'uq_conflict_standing_{name}', 'conflict')
    with op.batch_alter_table('conflict') as batch_op:
        for name, _condition in CONDITIONS:
            batch_op.drop_constraint(op.f(f'ck_conflict_{name}'), type_='check')
        batch_op.drop_constraint('fk_conflict_withdrawn_by_id_account', type_='foreignkey')
        batch_op.alter_column('submission_id', existing_type=sa.Integer(), nullable=False)
        for column in ('withdrawn_by_id', 'institution_key', 'institution', 'team_code', 'scope'):
            batch_op.drop_column(column)
    for table, index in (('registration', 'ix_registration_call_id_institution_key'), ('account', 'ix_account_institution_key')):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_index(index)
            batch_op.drop_column('institution_key')


def _fold():
    """Fill in what is told by the names that are there."""
    here = op.get_bind()
    account = sa.table('account', sa.column('id'), sa.column('institution'), sa.column('institution_key'))
    said = sa.table('registration', sa.column('id'), sa.column('attributes', sa.JSON()), sa.column('institution_key'))
    for row in here.execute(sa.select(account.c.id, account.c.institution).where(account.c.institution != '')).all():
        here.execute(account.update().where(account.c.id == row.id).values(institution_key=institution_key(row.institution)))
    for row in here.execute(sa.select(said.c.id, said.c.attributes)).all():
        if name := (row.attributes or {}).get('institution'):
            here.execute(said.update().where(said.c.id == row.id).values(institution_key=institution_key(name)))
