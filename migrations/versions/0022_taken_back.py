"""Results that two persons took back."""

import sqlalchemy as sa
from alembic import op
import thinkia.db.types

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

BEFORE = "'proposed', 'confirmed', 'published', 'superseded'"


def upgrade():
    with op.batch_alter_table('call', schema=None) as batch_op:
        batch_op.add_column(sa.Column('results_taken_back_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(op.f('ck_call_results_taken_back'), 'results_published_at IS NULL OR results_taken_back_at IS NULL')

    with op.batch_alter_table('ranking', schema=None) as batch_op:
        batch_op.add_column(sa.Column('taken_back_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('taken_back_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('taken_back_reason', sa.Text(), nullable=False, server_default=''))
        batch_op.create_foreign_key(op.f('fk_ranking_taken_back_by_id_account'), 'account', ['taken_back_by_id'], ['id'])
        _states(batch_op, f"{BEFORE}, 'taken_back'", "'published', 'taken_back'")
        batch_op.create_check_constraint(op.f('ck_ranking_taken_back'), "(state = 'taken_back') = (taken_back_at IS NOT NULL)")
        batch_op.create_check_constraint(op.f('ck_ranking_reason'), "(taken_back_at IS NULL) = (taken_back_reason = '')")
    with op.batch_alter_table('ranking', schema=None) as batch_op:
        batch_op.alter_column('taken_back_reason', existing_type=sa.Text(), server_default=None)


def downgrade():
    """What was taken back was public once: it goes back to what may not be published again."""
    with op.batch_alter_table('ranking', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_ranking_reason'), type_='check')
        batch_op.drop_constraint(op.f('ck_ranking_taken_back'), type_='check')
        batch_op.drop_constraint(op.f('ck_ranking_published'), type_='check')
    op.execute("UPDATE ranking SET state = 'superseded', published_at = NULL WHERE state = 'taken_back'")
    with op.batch_alter_table('ranking', schema=None) as batch_op:
        batch_op.create_check_constraint(op.f('ck_ranking_published'), "(state = 'published') = (published_at IS NOT NULL)")
        _states(batch_op, BEFORE, "'published'", published=False)
        batch_op.drop_constraint(op.f('fk_ranking_taken_back_by_id_account'), type_='foreignkey')
        batch_op.drop_column('taken_back_reason')
        batch_op.drop_column('taken_back_by_id')
        batch_op.drop_column('taken_back_at')

    with op.batch_alter_table('call', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_call_results_taken_back'), type_='check')
        batch_op.drop_column('results_taken_back_at')


def _states(batch_op, states, public, published=True):
    batch_op.drop_constraint(op.f('ck_ranking_rankingstate'), type_='check')
    batch_op.create_check_constraint(op.f('ck_ranking_rankingstate'), f'state IN ({states})')
    batch_op.drop_constraint(op.f('ck_ranking_confirmed'), type_='check')
    batch_op.create_check_constraint(op.f('ck_ranking_confirmed'), f"state NOT IN ('confirmed', {public}) OR confirmed_at IS NOT NULL")
    if published:
        batch_op.drop_constraint(op.f('ck_ranking_published'), type_='check')
        batch_op.create_check_constraint(op.f('ck_ranking_published'), f'(state IN ({public})) = (published_at IS NOT NULL)')
