"""`seq` orders the ledger and the chain proves it: an index on random hashes only costs writes."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_ledger_entry_hash"), type_="unique")


def downgrade() -> None:
    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.create_unique_constraint(batch_op.f("uq_ledger_entry_hash"), ["hash"])
