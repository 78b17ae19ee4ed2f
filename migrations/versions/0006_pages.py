"""The pages of PDF files as images."""

import sqlalchemy as sa
from alembic import op
import thinkia.db.types

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('paged_file',
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('asked_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('drawn_at', thinkia.db.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('fault', sa.Enum('encrypted', 'unreadable', 'lost', name='pagesfault', native_enum=False, create_constraint=True, length=24), nullable=True),
    sa.Column('pages', sa.Integer(), nullable=True),
    sa.CheckConstraint('drawn_at IS NOT NULL OR (fault IS NULL AND pages IS NULL)', name=op.f('ck_paged_file_drawn')),
    sa.CheckConstraint('drawn_at IS NULL OR (fault IS NULL) = (pages IS NOT NULL)', name=op.f('ck_paged_file_fault')),
    sa.CheckConstraint('pages > 0', name=op.f('ck_paged_file_pages')),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_paged_file'))
    )
    op.create_table('file_page',
    sa.Column('file_sha256', sa.String(length=64), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('image_sha256', sa.String(length=64), nullable=True),
    sa.Column('width', sa.Integer(), nullable=True),
    sa.Column('height', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.CheckConstraint('(image_sha256 IS NULL) = (width IS NULL) AND (width IS NULL) = (height IS NULL)', name=op.f('ck_file_page_image')),
    sa.CheckConstraint('number > 0', name=op.f('ck_file_page_number')),
    sa.CheckConstraint('width > 0 AND height > 0', name=op.f('ck_file_page_size')),
    sa.ForeignKeyConstraint(['file_sha256'], ['paged_file.sha256'], name=op.f('fk_file_page_file_sha256_paged_file'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('file_sha256', 'number', name=op.f('pk_file_page'))
    )


def downgrade():
    op.drop_table('file_page')
    op.drop_table('paged_file')
