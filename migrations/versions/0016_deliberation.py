"""What panels say of proposals; marks that a juror changes, kept beside those that two persons reopened."""

import sqlalchemy as sa
from alembic import op
import thinkia.db.types
from migrations import guards

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('deliberation_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('juror_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('written_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('form', sa.String(length=24), nullable=False),
    sa.CheckConstraint("text <> ''", name=op.f('ck_deliberation_note_text')),
    sa.ForeignKeyConstraint(['juror_id'], ['juror.id'], name=op.f('fk_deliberation_note_juror_id_juror')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_deliberation_note_submission_id_submission')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deliberation_note')),
    sa.UniqueConstraint('juror_id', 'form', name=op.f('uq_deliberation_note_juror_id_form'))
    )
    with op.batch_alter_table('deliberation_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_deliberation_note_submission_id'), ['submission_id'], unique=False)

    op.create_table('deliberation_reading',
    sa.Column('juror_id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('note_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['juror_id'], ['juror.id'], name=op.f('fk_deliberation_reading_juror_id_juror')),
    sa.ForeignKeyConstraint(['note_id'], ['deliberation_note.id'], name=op.f('fk_deliberation_reading_note_id_deliberation_note')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_deliberation_reading_submission_id_submission')),
    sa.PrimaryKeyConstraint('juror_id', 'submission_id', name=op.f('pk_deliberation_reading'))
    )
    guards.only_grows(op, 'deliberation_note')

    # Making the table again would take the guard with it on SQLite.
    guards.may_shrink(op, 'former_review')
    with op.batch_alter_table('former_review', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reason', sa.Text(), nullable=False, server_default=''))
        batch_op.alter_column('reopened_at', new_column_name='ended_at')
        batch_op.alter_column('agreement_id', existing_type=sa.Integer(), nullable=True)
    with op.batch_alter_table('former_review', schema=None) as batch_op:
        batch_op.alter_column('reason', existing_type=sa.Text(), server_default=None)
        batch_op.create_check_constraint(batch_op.f('ck_former_review_why'), "(agreement_id IS NULL) = (reason <> '')")
    guards.only_grows(op, 'former_review')


def downgrade():
    guards.may_shrink(op, 'former_review')
    # What was before two persons reopened it stays; what jurors changed has no place in the former table.
    op.execute('DELETE FROM former_review WHERE agreement_id IS NULL')
    with op.batch_alter_table('former_review', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_former_review_why'), type_='check')
    with op.batch_alter_table('former_review', schema=None) as batch_op:
        batch_op.drop_column('reason')
        batch_op.alter_column('ended_at', new_column_name='reopened_at')
        batch_op.alter_column('agreement_id', existing_type=sa.Integer(), nullable=False)
    guards.only_grows(op, 'former_review')

    guards.may_shrink(op, 'deliberation_note')
    op.drop_table('deliberation_reading')
    with op.batch_alter_table('deliberation_note', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_deliberation_note_submission_id'))

    op.drop_table('deliberation_note')
