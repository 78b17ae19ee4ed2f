"""What the chair decides of prizes."""

import sqlalchemy as sa
from alembic import op
import thinkia.db.types

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('prize_decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('submissions', sa.JSON(), nullable=False),
    sa.Column('is_void', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('decided_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("NOT is_void OR reason <> ''", name=op.f('ck_prize_decision_reason')),
    sa.CheckConstraint('place >= 1', name=op.f('ck_prize_decision_place')),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_prize_decision_call_id_call')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['account.id'], name=op.f('fk_prize_decision_decided_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_prize_decision'))
    )
    with op.batch_alter_table('prize_decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_prize_decision_call_id'), ['call_id'], unique=False)


def downgrade():
    with op.batch_alter_table('prize_decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_prize_decision_call_id'))

    op.drop_table('prize_decision')
