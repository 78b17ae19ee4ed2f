"""Drafts handed in by themselves: an attempt of nobody, and a receipt that says so."""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.alter_column('account_id', existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_index(
            'uq_attempt_by_itself',
            ['submission_id', 'at'],
            unique=True,
            sqlite_where=sa.text('account_id IS NULL'),
            postgresql_where=sa.text('account_id IS NULL'),
        )

    with op.batch_alter_table('receipt', schema=None) as batch_op:
        batch_op.add_column(sa.Column('by_itself', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_check_constraint(op.f('ck_receipt_when'), 'NOT (in_grace AND by_itself)')


def downgrade():
    with op.batch_alter_table('receipt', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_receipt_when'), type_='check')
        batch_op.drop_column('by_itself')

    op.execute("DELETE FROM attempt WHERE account_id IS NULL")
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.drop_index('uq_attempt_by_itself')
        batch_op.alter_column('account_id', existing_type=sa.INTEGER(), nullable=False)
