"""Give enterprises an English name, and the clock an index by the last day."""

import sqlalchemy as sa

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("credential", schema=None) as batch_op:
        batch_op.create_index("ix_credential_valid_to", ["valid_to", "id"], unique=False)

    with op.batch_alter_table("enterprise", schema=None) as batch_op:
        batch_op.add_column(sa.Column("name_en", sa.String(300), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("enterprise", schema=None) as batch_op:
        batch_op.drop_column("name_en")

    with op.batch_alter_table("credential", schema=None) as batch_op:
        batch_op.drop_index("ix_credential_valid_to")
