"""Other sectors that a juror may sit for."""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade():
    # The default stays: SQLite takes one away only by making the table anew.
    op.add_column('juror', sa.Column('other_sectors', sa.JSON(), nullable=False, server_default='[]'))


def downgrade():
    op.drop_column('juror', 'other_sectors')
