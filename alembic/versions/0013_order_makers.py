"""Everyone who had a hand in a suspension list, so that none of them confirms it."""

import sqlalchemy as sa

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("suspension_order") as table:
        table.add_column(sa.Column("made_by", sa.Text(), nullable=False, server_default="[]"))
    with op.batch_alter_table("suspension_order") as table:
        table.alter_column("made_by", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("suspension_order") as table:
        table.drop_column("made_by")
