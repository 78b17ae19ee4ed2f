"""Links to a juror's desk, browsers that are known, and each use."""

import sqlalchemy as sa
from alembic import op
import thinkia.db.types

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('access_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('juror_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('made_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('ended_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['juror_id'], ['juror.id'], name=op.f('fk_access_link_juror_id_juror')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_access_link_token_hash'))
    )
    with op.batch_alter_table('access_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_access_link_juror_id'), ['juror_id'], unique=False)

    op.create_table('access_use',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('juror_id', sa.Integer(), nullable=False),
    sa.Column('at', thinkia.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('device', sa.String(length=200), nullable=False),
    sa.Column('proof', sa.Enum('browser', 'code', name='proof', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.ForeignKeyConstraint(['juror_id'], ['juror.id'], name=op.f('fk_access_use_juror_id_juror')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_use'))
    )
    with op.batch_alter_table('access_use', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_access_use_juror_id'), ['juror_id'], unique=False)

    op.create_table('known_browser',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('juror_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('device', sa.String(length=200), nullable=False),
    sa.Column('made_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('ended_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['juror_id'], ['juror.id'], name=op.f('fk_known_browser_juror_id_juror')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_known_browser')),
    sa.UniqueConstraint('juror_id', 'token_hash', name=op.f('uq_known_browser_juror_id_token_hash'))
    )
    with op.batch_alter_table('known_browser', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_known_browser_token_hash'), ['token_hash'], unique=False)



def downgrade():
    with op.batch_alter_table('known_browser', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_known_browser_token_hash'))

    op.drop_table('known_browser')
    with op.batch_alter_table('access_use', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_access_use_juror_id'))

    op.drop_table('access_use')
    with op.batch_alter_table('access_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_access_link_juror_id'))

    op.drop_table('access_link')
