"""Values of metrics, entered by two persons and only ever added to."""

import sqlalchemy as sa
from alembic import op
import thinkia.db.types
from migrations import guards

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('metric_value',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('metric', sa.String(length=64), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('value', thinkia.db.types.ExactDecimal(), nullable=True),
    sa.Column('agreement_id', sa.Integer(), nullable=False),
    sa.Column('entered_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('number > 0', name=op.f('ck_metric_value_number')),
    sa.CheckConstraint("metric <> ''", name=op.f('ck_metric_value_metric')),
    sa.CheckConstraint('number > 1 OR value IS NOT NULL', name=op.f('ck_metric_value_first')),
    sa.ForeignKeyConstraint(['agreement_id'], ['agreement.id'], name=op.f('fk_metric_value_agreement_id_agreement')),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_metric_value_call_id_call')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_metric_value_submission_id_submission')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_metric_value')),
    sa.UniqueConstraint('submission_id', 'metric', 'number', name=op.f('uq_metric_value_submission_id_metric_number'))
    )
    with op.batch_alter_table('metric_value', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_metric_value_agreement_id'), ['agreement_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_metric_value_call_id'), ['call_id'], unique=False)
    guards.only_grows(op, 'metric_value')


def downgrade():
    guards.may_shrink(op, 'metric_value')
    op.drop_table('metric_value')
