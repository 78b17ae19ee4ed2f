"""Certificates of those who took part, won or judged."""

import sqlalchemy as sa
from alembic import op
import thinkia.db.types

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('certificate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('participation', 'winner', 'juror', name='certificatekind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.Column('issued_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('es_sha256', sa.String(length=64), nullable=True),
    sa.Column('en_sha256', sa.String(length=64), nullable=True),
    sa.Column('revoked_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('revoked_reason', sa.Text(), nullable=True),
    sa.CheckConstraint('(es_sha256 IS NULL) = (en_sha256 IS NULL)', name=op.f('ck_certificate_drawn')),
    sa.CheckConstraint('(revoked_at IS NULL) = (revoked_reason IS NULL)', name=op.f('ck_certificate_revoked')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_certificate_account_id_account')),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_certificate_call_id_call')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate')),
    sa.UniqueConstraint('call_id', 'number', name=op.f('uq_certificate_call_id_number')),
    sa.UniqueConstraint('code', name=op.f('uq_certificate_code'))
    )
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificate_account_id'), ['account_id'], unique=False)
        batch_op.create_index('uq_certificate_standing', ['call_id', 'account_id', 'kind'], unique=True, sqlite_where=sa.text('revoked_at IS NULL'), postgresql_where=sa.text('revoked_at IS NULL'))


def downgrade():
    op.drop_table('certificate')
