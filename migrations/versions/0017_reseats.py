"""Pairs that a re-seat gives up."""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('plan', sa.Column('moved', sa.JSON(), server_default='[]', nullable=False))


def downgrade():
    op.drop_column('plan', 'moved')
