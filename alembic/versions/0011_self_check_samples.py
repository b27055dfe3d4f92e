"""What a self-check was verified by: the rosters and documents that were looked at."""

import sqlalchemy as sa

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("self_check_task") as table:
        table.add_column(sa.Column("sample", sa.String(500), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("self_check_task") as table:
        table.drop_column("sample")
