"""Jurors who leave a proposal that they cannot judge."""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade():
    # Never rebuilt as a batch would: on SQLite dropping the old table would take its marks along.
    op.add_column('review', sa.Column('is_abstention', sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade():
    op.drop_column('review', 'is_abstention')
