"""Studies of orders."""

import sqlalchemy as sa
from alembic import op

import thinkia.db.types

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('ranking_study',
    sa.Column('ranking_id', sa.Integer(), nullable=False),
    sa.Column('input_sha256', sa.String(length=64), nullable=False),
    sa.Column('seed', sa.BigInteger(), nullable=False),
    sa.Column('draws', sa.Integer(), nullable=False),
    sa.Column('content', sa.Text(), nullable=True),
    sa.Column('asked_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('made_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('outbox_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('(content IS NULL) = (made_at IS NULL)', name=op.f('ck_ranking_study_made')),
    sa.CheckConstraint('draws > 0', name=op.f('ck_ranking_study_draws')),
    sa.ForeignKeyConstraint(['outbox_id'], ['outbox_task.id'], name=op.f('fk_ranking_study_outbox_id_outbox_task')),
    sa.ForeignKeyConstraint(['ranking_id'], ['ranking.id'], name=op.f('fk_ranking_study_ranking_id_ranking')),
    sa.PrimaryKeyConstraint('ranking_id', name=op.f('pk_ranking_study'))
    )


def downgrade():
    op.drop_table('ranking_study')
