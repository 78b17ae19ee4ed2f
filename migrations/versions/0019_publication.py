"""Publications that have an hour."""

import sqlalchemy as sa
from alembic import op
import thinkia.db.types

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

STATES = ('waiting', 'done', 'cancelled', 'refused')


def upgrade():
    op.create_table('publication',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('ranking_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum(*STATES, name='publicationstate', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('goes_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('asked_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('ended_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.Column('refusal', sa.String(length=40), nullable=False),
    sa.CheckConstraint("(state = 'refused') = (refusal <> '')", name=op.f('ck_publication_refusal')),
    sa.CheckConstraint("(state = 'waiting') = (ended_at IS NULL)", name=op.f('ck_publication_ended')),
    sa.CheckConstraint('asked_at < goes_at', name=op.f('ck_publication_hour')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['account.id'], name=op.f('fk_publication_asked_by_id_account')),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_publication_call_id_call')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['account.id'], name=op.f('fk_publication_ended_by_id_account')),
    sa.ForeignKeyConstraint(['ranking_id'], ['ranking.id'], name=op.f('fk_publication_ranking_id_ranking')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publication'))
    )
    with op.batch_alter_table('publication', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_publication_call_id'), ['call_id'], unique=False)
        batch_op.create_index('uq_publication_waiting', ['call_id'], unique=True, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))


def downgrade():
    with op.batch_alter_table('publication', schema=None) as batch_op:
        batch_op.drop_index('uq_publication_waiting', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
        batch_op.drop_index(batch_op.f('ix_publication_call_id'))

    op.drop_table('publication')
