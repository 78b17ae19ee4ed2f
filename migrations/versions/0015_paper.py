"""Where the marks of a review come from: the juror, or a ballot on paper."""

from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade():
    # One statement for both databases, and no table made anew: on SQLite that would take the marks along.
    op.execute(
        "ALTER TABLE review ADD COLUMN source VARCHAR(24) DEFAULT 'juror' NOT NULL "
        "CONSTRAINT ck_review_markssource CHECK (source IN ('juror', 'paper'))"
    )


def downgrade():
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_review_markssource'), type_='check')
        batch_op.drop_column('source')
