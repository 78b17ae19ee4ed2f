"""saved edit."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('review') as batch_op:
        batch_op.add_column(sa.Column('saved_edit', sa.Integer(), nullable=False, server_default='0'))
    with op.batch_alter_table('review') as batch_op:
        batch_op.alter_column('saved_edit', server_default=None)


def downgrade():
    with op.batch_alter_table('review') as batch_op:
        batch_op.drop_column('saved_edit')
