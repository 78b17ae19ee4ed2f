"""Marks that were brought in with a sheet, and the letter that tells of it."""

from alembic import op

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None

KINDS = (
    "'invitation', 'answer', 'sign', 'reading', 'assignment', 'access', 'reopened', 'from_paper', 'chair', 'revoked'"
)
SOURCES = "'juror', 'paper'"


def upgrade():
    _sources(f"{SOURCES}, 'imported'")
    _kinds(f"{KINDS}, 'imported'")


def downgrade():
    op.execute("DELETE FROM juror_letter WHERE kind = 'imported'")
    op.execute("UPDATE review SET source = 'paper' WHERE source = 'imported'")
    _kinds(KINDS)
    _sources(SOURCES)


def _sources(known):
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_review_markssource'), type_='check')
        batch_op.create_check_constraint(op.f('ck_review_markssource'), f'source IN ({known})')


def _kinds(known):
    with op.batch_alter_table('juror_letter', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_juror_letter_sentkind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_juror_letter_sentkind'), f'kind IN ({known})')
