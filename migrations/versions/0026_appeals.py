"""Appeals of teams against their result."""

import sqlalchemy as sa
from alembic import op

import thinkia.db.types

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('appeal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=16), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('ranking_id', sa.Integer(), nullable=False),
    sa.Column('grounds', sa.Text(), nullable=False),
    sa.Column('wanted', sa.Text(), nullable=False),
    sa.Column('content_sha256', sa.String(length=64), nullable=False),
    sa.Column('received_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('filed_by_id', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.Enum('accepted', 'partly', 'rejected', name='outcome', native_enum=False, create_constraint=True, length=24), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("grounds <> '' AND wanted <> ''", name=op.f('ck_appeal_said')),
    sa.CheckConstraint("(outcome IS NULL) = (answered_at IS NULL)", name=op.f('ck_appeal_answered')),
    sa.CheckConstraint("(outcome IS NULL) = (answer = '')", name=op.f('ck_appeal_reasoned')),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_appeal_call_id_call')),
    sa.ForeignKeyConstraint(['filed_by_id'], ['account.id'], name=op.f('fk_appeal_filed_by_id_account')),
    sa.ForeignKeyConstraint(['ranking_id'], ['ranking.id'], name=op.f('fk_appeal_ranking_id_ranking')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_appeal_submission_id_submission')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appeal')),
    sa.UniqueConstraint('number', name=op.f('uq_appeal_number'))
    )
    with op.batch_alter_table('appeal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_appeal_call_id'), ['call_id'], unique=False)
        batch_op.create_index('uq_appeal_open', ['submission_id'], unique=True, sqlite_where=sa.text('outcome IS NULL'), postgresql_where=sa.text('outcome IS NULL'))


def downgrade():
    op.drop_table('appeal')
