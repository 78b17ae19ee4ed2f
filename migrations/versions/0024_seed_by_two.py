"""The lottery's seed is recorded by two persons."""

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('lottery_seed', schema=None) as batch_op:
        batch_op.add_column(sa.Column('agreement_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_lottery_seed_agreement_id_agreement'), 'agreement', ['agreement_id'], ['id'])


def downgrade():
    with op.batch_alter_table('lottery_seed', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_lottery_seed_agreement_id_agreement'), type_='foreignkey')
        batch_op.drop_column('agreement_id')
