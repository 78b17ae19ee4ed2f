"""Large exports are made in the background and kept for a day."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None

LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'


def upgrade():
    with op.batch_alter_table('export', schema=None) as batch_op:
        batch_op.add_column(sa.Column('code', sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column('options', sa.JSON(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('name', sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column('size', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('kept_until', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('outbox_id', sa.Integer(), nullable=True))
    op.execute('UPDATE export SET asked_at = read_at')
    export = sa.table('export', sa.column('id', sa.Integer), sa.column('code', sa.String))
    if not op.get_context().as_sql:
        for number in op.get_bind().scalars(sa.select(export.c.id)).all():
            code = ''.join(secrets.choice(LETTERS) for _ in range(8))
            op.execute(export.update().where(export.c.id == number).values(code=code))
    with op.batch_alter_table('export', schema=None) as batch_op:
        batch_op.alter_column('code', existing_type=sa.String(length=10), nullable=False)
        batch_op.alter_column('options', existing_type=sa.JSON(), server_default=None)
        batch_op.alter_column('asked_at', existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.alter_column('rows', existing_type=sa.Integer(), nullable=True)
        batch_op.alter_column('read_at', existing_type=sa.DateTime(timezone=True), nullable=True)
        batch_op.alter_column('sha256', existing_type=sa.String(length=64), nullable=True)
        batch_op.create_unique_constraint(op.f('uq_export_code'), ['code'])
        batch_op.create_index(op.f('ix_export_sha256'), ['sha256'], unique=False)
        batch_op.create_foreign_key(op.f('fk_export_outbox_id_outbox_task'), 'outbox_task', ['outbox_id'], ['id'])
        batch_op.create_check_constraint(op.f('ck_export_made'), '(rows IS NULL) = (read_at IS NULL)')
        batch_op.create_check_constraint(op.f('ck_export_fingerprint'), 'rows IS NULL OR sha256 IS NOT NULL')
        batch_op.create_check_constraint(op.f('ck_export_background'), 'rows IS NOT NULL OR outbox_id IS NOT NULL')
        batch_op.create_check_constraint(op.f('ck_export_kept'), 'kept_until IS NULL OR (rows IS NOT NULL AND made_by_id IS NOT NULL AND name IS NOT NULL)')


def downgrade():
    op.execute('DELETE FROM export WHERE rows IS NULL')
    with op.batch_alter_table('export', schema=None) as batch_op:
        for name in ('made', 'fingerprint', 'background', 'kept'):
            batch_op.drop_constraint(op.f(f'ck_export_{name}'), type_='check')
        batch_op.drop_constraint(op.f('fk_export_outbox_id_outbox_task'), type_='foreignkey')
        batch_op.drop_index(op.f('ix_export_sha256'))
        batch_op.drop_constraint(op.f('uq_export_code'), type_='unique')
        batch_op.alter_column('rows', existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column('read_at', existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.alter_column('sha256', existing_type=sa.String(length=64), nullable=False)
        for name in ('code', 'options', 'asked_at', 'name', 'size', 'kept_until', 'outbox_id'):
            batch_op.drop_column(name)
