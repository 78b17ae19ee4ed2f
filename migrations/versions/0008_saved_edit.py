"""saved edit."""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade():
    # The default stays: SQLite takes one away only by making the table anew, without its triggers.
    op.add_column('review', sa.Column('saved_edit', sa.Integer(), nullable=False, server_default='0'))


def downgrade():
    op.drop_column('review', 'saved_edit')
