"""Hold more invariants in the database, and every field the model names."""

import sqlalchemy as sa

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CHECKS = {
    "administrative_division": {
        "level": "level in ('province', 'prefecture', 'county', 'township')",
    },
    "calendar_year": {
        "notice": "status <> 'official' or notice_no is not null",
    },
    "department_revision": {
        "parent": "kind <> 'public_institution' or parent_code is not null",
        "successor": "status = 'active' or successor_code is not null",
    },
    "enterprise": {
        "opt_out": "not liaison_opt_out or opt_out_reason is not null",
    },
    "leader": {
        "organ": "organ in ('party', 'congress', 'government', 'cppcc', 'judiciary')",
    },
    "legal_parameter": {
        "tag": "tag in ('S', 'V', 'L', 'K', 'D')",
        "effective": "effective_to is null or effective_to > effective_from",
    },
    "liaison_pair": {
        "ended": "(state = 'ended') = (valid_to is not null and end_reason is not null)",
        "role": "role in ('lead', 'support_department')",
        "document": "state = 'proposed' or document_no is not null",
    },
    "officer": {
        "eligible": "qualification <> 'qualified' or employment_type in ('civil_servant', 'ref_civil', 'institution_staff')",
    },
    "permit_item": {
        "suspension": "state <> 'suspended_by_law' or suspension_no is not null",
        "cancellation": "state <> 'cancelled' or cancellation_no is not null",
    },
    "permit_revision": {
        "four_eyes": "maker <> checker",
        "online_level": "online_level between 0 and 3",
        "promise": "promised_limit >= 0 and promised_limit * 7 <= statutory_limit * case statutory_unit when 'natural_day' then 5 when 'month' then 147 else 7 end",
    },
    "post_holding": {
        "kind": "kind in ('formal', 'acting')",
    },
    "power_item": {
        "status": "status in ('draft', 'reviewing', 'published', 'adjusted', 'cancelled')",
        "entrustment": "status <> 'published' or exercised_by_id = statutory_body_id or entrustment_no is not null",
        "in_name_of": "entrustment_no is null or in_name_of is not null",
    },
    "qualification_review": {
        "basis_kind": "basis_kind in ('statutory_organ', 'authorized_org', 'entrusted_org', 'none')",
        "approval": "state <> 'announced' or approval_no is not null",
    },
}


def upgrade() -> None:
    with op.batch_alter_table("credential", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("local_issuer", sa.Boolean(), server_default=sa.true(), nullable=False)
        )

    with op.batch_alter_table("enterprise", schema=None) as batch_op:
        batch_op.add_column(sa.Column("project_name", sa.String(200), nullable=True))
        batch_op.add_column(sa.Column("legal_rep", sa.String(100), nullable=True))
        batch_op.add_column(sa.Column("contact_person", sa.String(100), nullable=True))
        batch_op.add_column(sa.Column("contact_phone", sa.String(32), nullable=True))

    with op.batch_alter_table("leader", schema=None) as batch_op:
        batch_op.add_column(sa.Column("photo_digest", sa.String(64), nullable=True))

    with op.batch_alter_table("officer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("post", sa.String(100), nullable=True))
        batch_op.add_column(sa.Column("areas", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("photo_digest", sa.String(64), nullable=True))
        batch_op.add_column(sa.Column("recovery_due", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("cards_returned_on", sa.Date(), nullable=True))

    with op.batch_alter_table("permit_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("suspension_no", sa.String(50), nullable=True))
        batch_op.add_column(sa.Column("state_since", sa.Date(), nullable=True))

    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rank", sa.String(50), nullable=True))
        batch_op.add_column(sa.Column("duties", sa.Text(), nullable=True))

    with op.batch_alter_table("power_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("level", sa.String(20), nullable=True))
        batch_op.add_column(sa.Column("responsibilities", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("accountability_situations", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("external_code", sa.String(100), nullable=True))

    with op.batch_alter_table("qualification_review", schema=None) as batch_op:
        batch_op.add_column(sa.Column("decided_by", sa.String(100), nullable=True))
        batch_op.add_column(sa.Column("establishment_no", sa.String(100), nullable=True))
        batch_op.add_column(sa.Column("seals_recalled_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("past_decisions", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("withdrawal_reason", sa.String(500), nullable=True))
        batch_op.drop_constraint(
            batch_op.f("uq_qualification_review_department_id"), type_="unique"
        )
        batch_op.create_index(
            "ix_qualification_review_department_id", ["department_id"], unique=False
        )
        batch_op.create_index(
            "uq_qualification_review_open",
            ["department_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'withdrawn'"),
            postgresql_where=sa.text("state <> 'withdrawn'"),
        )

    for table, checks in CHECKS.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name, condition in checks.items():
                batch_op.create_check_constraint(batch_op.f(f"ck_{table}_{name}"), condition)


def downgrade() -> None:
    for table, checks in CHECKS.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in checks:
                batch_op.drop_constraint(batch_op.f(f"ck_{table}_{name}"), type_="check")

    with op.batch_alter_table("qualification_review", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_qualification_review_open",
            sqlite_where=sa.text("state <> 'withdrawn'"),
            postgresql_where=sa.text("state <> 'withdrawn'"),
        )
        batch_op.drop_index("ix_qualification_review_department_id")
        batch_op.create_unique_constraint(
            batch_op.f("uq_qualification_review_department_id"), ["department_id"]
        )
        batch_op.drop_column("withdrawal_reason")
        batch_op.drop_column("withdrawn_on")
        batch_op.drop_column("past_decisions")
        batch_op.drop_column("seals_recalled_on")
        batch_op.drop_column("establishment_no")
        batch_op.drop_column("decided_by")

    with op.batch_alter_table("power_item", schema=None) as batch_op:
        batch_op.drop_column("external_code")
        batch_op.drop_column("accountability_situations")
        batch_op.drop_column("responsibilities")
        batch_op.drop_column("level")

    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.drop_column("duties")
        batch_op.drop_column("rank")

    with op.batch_alter_table("permit_item", schema=None) as batch_op:
        batch_op.drop_column("state_since")
        batch_op.drop_column("suspension_no")

    with op.batch_alter_table("officer", schema=None) as batch_op:
        batch_op.drop_column("cards_returned_on")
        batch_op.drop_column("recovery_due")
        batch_op.drop_column("photo_digest")
        batch_op.drop_column("areas")
        batch_op.drop_column("post")

    with op.batch_alter_table("leader", schema=None) as batch_op:
        batch_op.drop_column("photo_digest")

    with op.batch_alter_table("enterprise", schema=None) as batch_op:
        batch_op.drop_column("contact_phone")
        batch_op.drop_column("contact_person")
        batch_op.drop_column("legal_rep")
        batch_op.drop_column("project_name")

    with op.batch_alter_table("credential", schema=None) as batch_op:
        batch_op.drop_column("local_issuer")
