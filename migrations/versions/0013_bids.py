"""What jurors would like to read."""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('bid',
    sa.Column('juror_id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('liking', sa.Enum('gladly', 'rather_not', name='liking', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.ForeignKeyConstraint(['juror_id'], ['juror.id'], name=op.f('fk_bid_juror_id_juror')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_bid_submission_id_submission')),
    sa.PrimaryKeyConstraint('juror_id', 'submission_id', name=op.f('pk_bid'))
    )
    with op.batch_alter_table('bid', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bid_submission_id'), ['submission_id'], unique=False)


def downgrade():
    with op.batch_alter_table('bid', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_bid_submission_id'))

    op.drop_table('bid')
