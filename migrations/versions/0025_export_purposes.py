"""Each group of columns about persons leaves with a purpose of its own."""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None

GROUPS = ('names', 'profile', 'contact', 'birth', 'reasons', 'files')


def upgrade():
    op.create_table('export_purpose',
    sa.Column('export_id', sa.Integer(), nullable=False),
    sa.Column('column_group', sa.Enum(*GROUPS, name='group', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.CheckConstraint("purpose <> ''", name=op.f('ck_export_purpose_purpose')),
    sa.ForeignKeyConstraint(['export_id'], ['export.id'], name=op.f('fk_export_purpose_export_id_export'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('export_id', 'column_group', name=op.f('pk_export_purpose'))
    )
    op.execute("INSERT INTO export_purpose (export_id, column_group, purpose) "
               "SELECT id, 'contact', purpose FROM export WHERE with_emails")
    with op.batch_alter_table('export', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_export_purpose'), type_='check')
        batch_op.drop_column('with_emails')
        batch_op.drop_column('purpose')


def downgrade():
    with op.batch_alter_table('export', schema=None) as batch_op:
        batch_op.add_column(sa.Column('with_emails', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('purpose', sa.Text(), server_default='', nullable=False))
    op.execute("UPDATE export SET with_emails = TRUE, purpose = (SELECT purpose FROM export_purpose "
               "WHERE export_id = export.id AND column_group = 'contact') WHERE id IN "
               "(SELECT export_id FROM export_purpose WHERE column_group = 'contact')")
    with op.batch_alter_table('export', schema=None) as batch_op:
        batch_op.alter_column('with_emails', existing_type=sa.Boolean(), server_default=None)
        batch_op.alter_column('purpose', existing_type=sa.Text(), server_default=None)
        batch_op.create_check_constraint(op.f('ck_export_purpose'), "NOT with_emails OR purpose <> ''")
    op.drop_table('export_purpose')
