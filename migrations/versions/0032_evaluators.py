"""The group of evaluators that a juror sits in: it stays once there is a proposal to read."""

import sqlalchemy as sa
from alembic import op

from migrations.guards import group_may_change, group_stays

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None


def upgrade():
    # The default stays: SQLite takes one away only by making the table anew.
    op.add_column('juror', sa.Column('evaluators', sa.String(64), nullable=False, server_default=''))
    group_stays(op)


def downgrade():
    group_may_change(op)
    op.drop_column('juror', 'evaluators')
