"""Links that were replaced, people whom others suggest, and what jurors say of themselves."""

import sqlalchemy as sa
from alembic import op
import thinkia.db.types

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def _columns():
    return (
        *(
            sa.Column(name, sa.JSON(), nullable=False, server_default='[]')
            for name in ('languages', 'topics', 'expertise')
        ),
        sa.Column('described_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column('sector_wish', sa.String(length=20), nullable=False, server_default=''),
        sa.Column('sector_wish_reason', sa.Text(), nullable=False, server_default=''),
    )


def upgrade():
    op.create_table('former_invitation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('juror_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('ended_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['juror_id'], ['juror.id'], name=op.f('fk_former_invitation_juror_id_juror')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_former_invitation')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_former_invitation_token_hash'))
    )
    with op.batch_alter_table('former_invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_former_invitation_juror_id'), ['juror_id'], unique=False)

    op.create_table('suggestion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=10), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('juror_id', sa.Integer(), nullable=False),
    sa.Column('sector', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('email', sa.String(length=320), nullable=False),
    sa.Column('institution', sa.String(length=200), nullable=False),
    sa.Column('made_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('settled_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("name <> '' OR email <> '' OR institution <> ''", name=op.f('ck_suggestion_says_something')),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_suggestion_call_id_call')),
    sa.ForeignKeyConstraint(['juror_id'], ['juror.id'], name=op.f('fk_suggestion_juror_id_juror')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suggestion')),
    sa.UniqueConstraint('code', name=op.f('uq_suggestion_code'))
    )
    with op.batch_alter_table('suggestion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_suggestion_call_id'), ['call_id'], unique=False)

    # Plain ALTERs: a batch would make the table anew, and others point to it.
    for column in _columns():
        op.add_column('juror', column)


def downgrade():
    for column in reversed(_columns()):
        op.drop_column('juror', column.name)

    with op.batch_alter_table('suggestion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_suggestion_call_id'))

    op.drop_table('suggestion')
    with op.batch_alter_table('former_invitation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_former_invitation_juror_id'))

    op.drop_table('former_invitation')
