"""What a permit was from a day on: a suspension that ended is still true of its days."""

import sqlalchemy as sa

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# Items published before this table was: in force from their first revision on, then as they are.
BEGUN = """
insert into permit_standing (permit_id, state, document_no, valid_from, valid_to)
select item.id, 'published', null, first.valid_from,
       case when item.state = 'published' then null else item.state_since end
from permit_item item
join permit_revision first on first.permit_id = item.id and first.revision = 1
where item.state = 'published'
   or item.state in ('suspended_by_law', 'cancelled') and item.state_since > first.valid_from
"""
SINCE = """
insert into permit_standing (permit_id, state, document_no, valid_from, valid_to)
select id, state, case when state = 'cancelled' then cancellation_no else suspension_no end,
       state_since, null
from permit_item where state in ('suspended_by_law', 'cancelled')
"""


def upgrade() -> None:
    op.create_table(
        "permit_standing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("permit_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("document_no", sa.String(50), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state = 'published' or document_no is not null",
            name=op.f("ck_permit_standing_document"),
        ),
        sa.CheckConstraint(
            "state in ('published', 'suspended_by_law', 'cancelled')",
            name=op.f("ck_permit_standing_state"),
        ),
        sa.CheckConstraint(
            "valid_to is null or valid_to > valid_from", name=op.f("ck_permit_standing_validity")
        ),
        sa.ForeignKeyConstraint(
            ["permit_id"],
            ["permit_item.id"],
            name=op.f("fk_permit_standing_permit_id_permit_item"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permit_standing")),
        info={"public": True},
    )
    op.create_index("ix_permit_standing_permit_id", "permit_standing", ["permit_id", "valid_from"])
    op.create_index(
        "uq_permit_standing_open",
        "permit_standing",
        ["permit_id"],
        unique=True,
        sqlite_where=sa.text("valid_to is null"),
        postgresql_where=sa.text("valid_to is null"),
    )
    op.execute(BEGUN)
    op.execute(SINCE)


def downgrade() -> None:
    op.drop_table("permit_standing")
