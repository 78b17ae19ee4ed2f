"""The round in which a juror signed: what was signed in one says nothing of the next."""

import sqlalchemy as sa
from alembic import op

revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None


def upgrade():
    # The default stays: SQLite takes one away only by making the table anew.
    op.add_column('signature', sa.Column('round', sa.Integer(), nullable=False, server_default='0'))


def downgrade():
    op.drop_column('signature', 'round')
