"""Letters that tell jurors of something done stand in the log too."""

from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

ASKING = "'invitation', 'answer', 'sign', 'reading'"
ALL = f"{ASKING}, 'assignment', 'access', 'reopened', 'from_paper', 'chair', 'revoked'"


def upgrade():
    with op.batch_alter_table('juror_letter', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_juror_letter_letterkind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_juror_letter_sentkind'), f'kind IN ({ALL})')


def downgrade():
    op.execute(f'DELETE FROM juror_letter WHERE kind NOT IN ({ASKING})')
    with op.batch_alter_table('juror_letter', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_juror_letter_sentkind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_juror_letter_letterkind'), f'kind IN ({ASKING})')
