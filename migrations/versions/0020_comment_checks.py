"""Comments to teams are looked over before they are read."""

import sqlalchemy as sa
from alembic import op

import thinkia.db.types

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('comment_check',
    sa.Column('review_id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('is_shown', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('checked_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('checked_by_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("is_shown = (reason = '')", name=op.f('ck_comment_check_reason')),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_comment_check_call_id_call')),
    sa.ForeignKeyConstraint(['checked_by_id'], ['account.id'], name=op.f('fk_comment_check_checked_by_id_account')),
    sa.ForeignKeyConstraint(['review_id'], ['review.id'], name=op.f('fk_comment_check_review_id_review')),
    sa.PrimaryKeyConstraint('review_id', name=op.f('pk_comment_check'))
    )
    with op.batch_alter_table('comment_check', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_comment_check_call_id'), ['call_id'], unique=False)


def downgrade():
    op.drop_table('comment_check')
