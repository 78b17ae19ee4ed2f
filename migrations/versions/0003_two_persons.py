"""Acts that two persons decide, who may be second, and what a reopened review was."""

import sqlalchemy as sa
from alembic import op
import thinkia.db.types
from migrations import guards

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('host_second',
    sa.Column('host_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('since', thinkia.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_host_second_account_id_account'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['host_id'], ['host.id'], name=op.f('fk_host_second_host_id_host'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('host_id', 'account_id', name=op.f('pk_host_second'))
    )
    with op.batch_alter_table('host_second', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_host_second_account_id'), ['account_id'], unique=False)

    op.create_table('agreement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=10), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('object_ref', sa.String(length=80), nullable=False),
    sa.Column('label', sa.String(length=40), nullable=False),
    sa.Column('arguments', sa.JSON(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('state', sa.Enum('asked', 'confirmed', 'refused', 'withdrawn', 'lapsed', name='agreementstate', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('expires_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('decision_reason', sa.Text(), nullable=False),
    sa.CheckConstraint("(state IN ('asked', 'lapsed')) = (decided_by_id IS NULL)", name=op.f('ck_agreement_decided')),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_agreement_reason')),
    sa.CheckConstraint("state <> 'withdrawn' OR decided_by_id = asked_by_id", name=op.f('ck_agreement_withdrawn')),
    sa.CheckConstraint("state = 'withdrawn' OR decided_by_id <> asked_by_id", name=op.f('ck_agreement_two_persons')),
    sa.CheckConstraint('(decided_by_id IS NULL) = (decided_at IS NULL)', name=op.f('ck_agreement_moment')),
    sa.CheckConstraint('asked_at < expires_at', name=op.f('ck_agreement_expires')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['account.id'], name=op.f('fk_agreement_asked_by_id_account')),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_agreement_call_id_call')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['account.id'], name=op.f('fk_agreement_decided_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreement')),
    sa.UniqueConstraint('code', name=op.f('uq_agreement_code'))
    )
    with op.batch_alter_table('agreement', schema=None) as batch_op:
        batch_op.create_index('ix_agreement_call_id_asked_at', ['call_id', 'asked_at'], unique=False)
        batch_op.create_index('uq_agreement_asked', ['kind', 'object_ref'], unique=True, sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'"))

    op.create_table('former_review',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('review_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('agreement_id', sa.Integer(), nullable=False),
    sa.Column('finished_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('reopened_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('content_sha256', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['agreement_id'], ['agreement.id'], name=op.f('fk_former_review_agreement_id_agreement')),
    sa.ForeignKeyConstraint(['review_id'], ['review.id'], name=op.f('fk_former_review_review_id_review')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_former_review')),
    sa.UniqueConstraint('agreement_id', name=op.f('uq_former_review_agreement_id')),
    sa.UniqueConstraint('review_id', 'number', name=op.f('uq_former_review_review_id_number'))
    )
    with op.batch_alter_table('conflict', schema=None) as batch_op:
        batch_op.add_column(sa.Column('agreement_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_conflict_agreement_id_agreement'), 'agreement', ['agreement_id'], ['id'])

    # Never rebuilt as a batch would: on SQLite dropping the old table would take its staff along.
    for name, usual in (('second_by_staff', sa.true()), ('second_by_chair', sa.true()), ('second_by_secretary', sa.false())):
        op.add_column('host', sa.Column(name, sa.Boolean(), nullable=False, server_default=usual))

    guards.only_grows(op, 'former_review')


def downgrade():
    guards.may_shrink(op, 'former_review')
    for name in ('second_by_secretary', 'second_by_chair', 'second_by_staff'):
        op.drop_column('host', name)

    with op.batch_alter_table('conflict', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_conflict_agreement_id_agreement'), type_='foreignkey')
        batch_op.drop_column('agreement_id')

    op.drop_table('former_review')
    with op.batch_alter_table('agreement', schema=None) as batch_op:
        batch_op.drop_index('uq_agreement_asked', sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'"))
        batch_op.drop_index('ix_agreement_call_id_asked_at')

    op.drop_table('agreement')
    with op.batch_alter_table('host_second', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_host_second_account_id'))

    op.drop_table('host_second')
