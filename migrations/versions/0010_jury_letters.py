"""The words of letters to jurors, and the log of what was sent."""

import sqlalchemy as sa
from alembic import op
import thinkia.db.types

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('letter_text',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('invitation', 'answer', 'sign', 'reading', name='letterkind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('changed_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_letter_text_call_id_call')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_text')),
    sa.UniqueConstraint('call_id', 'kind', 'language', name=op.f('uq_letter_text_call_id_kind_language'))
    )
    op.create_table('juror_letter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=10), nullable=False),
    sa.Column('juror_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('invitation', 'answer', 'sign', 'reading', name='letterkind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('mail_id', sa.Integer(), nullable=False),
    sa.Column('sent_by_id', sa.Integer(), nullable=True),
    sa.Column('sent_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['juror_id'], ['juror.id'], name=op.f('fk_juror_letter_juror_id_juror')),
    sa.ForeignKeyConstraint(['mail_id'], ['mail.id'], name=op.f('fk_juror_letter_mail_id_mail')),
    sa.ForeignKeyConstraint(['sent_by_id'], ['account.id'], name=op.f('fk_juror_letter_sent_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_juror_letter')),
    sa.UniqueConstraint('code', name=op.f('uq_juror_letter_code')),
    sa.UniqueConstraint('mail_id', name=op.f('uq_juror_letter_mail_id'))
    )
    with op.batch_alter_table('juror_letter', schema=None) as batch_op:
        batch_op.create_index('ix_juror_letter_juror_id_sent_at', ['juror_id', 'sent_at'], unique=False)



def downgrade():
    with op.batch_alter_table('juror_letter', schema=None) as batch_op:
        batch_op.drop_index('ix_juror_letter_juror_id_sent_at')

    op.drop_table('juror_letter')
    op.drop_table('letter_text')
