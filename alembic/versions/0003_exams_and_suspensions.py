"""Exams, suspension orders, objections, appeals, reinstatements and self-checks."""

import sqlalchemy as sa

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exam_campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("division_code", sa.String(9), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("syllabus", sa.Text(), nullable=False),
        sa.Column("papers", sa.Text(), nullable=False),
        sa.Column("pass_mark", sa.Integer(), nullable=False),
        sa.Column("retake_limit", sa.Integer(), nullable=False),
        sa.Column("proof_days", sa.Integer(), nullable=False),
        sa.Column("objection_days", sa.Integer(), nullable=False),
        sa.Column("closed_book", sa.Boolean(), nullable=False),
        sa.Column("noticed_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state in ('draft', 'roster_open', 'roster_frozen', 'examining', 'marking', 'results_published', 'closed')",
            name=op.f("ck_exam_campaign_state"),
        ),
        sa.ForeignKeyConstraint(
            ["division_code"],
            ["administrative_division.code"],
            name=op.f("fk_exam_campaign_division_code_administrative_division"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_campaign")),
        sa.UniqueConstraint("code", name=op.f("uq_exam_campaign_code")),
        info={"public": True},
    )
    op.create_table(
        "exam_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("invigilators", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind in ('main', 'makeup', 'deferred')", name=op.f("ck_exam_session_kind")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["exam_campaign.id"],
            name=op.f("fk_exam_session_campaign_id_exam_campaign"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_session")),
        sa.UniqueConstraint("code", name=op.f("uq_exam_session_code")),
        info={"public": True},
    )
    op.create_table(
        "self_check_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("nil_report", sa.Boolean(), nullable=True),
        sa.Column("signed_by", sa.String(100), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("verified_by", sa.String(100), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("return_reason", sa.String(500), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state in ('issued', 'submitted', 'verified', 'returned', 'closed')",
            name=op.f("ck_self_check_task_state"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["exam_campaign.id"],
            name=op.f("fk_self_check_task_campaign_id_exam_campaign"),
        ),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["department.id"],
            name=op.f("fk_self_check_task_department_id_department"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_check_task")),
        sa.UniqueConstraint("campaign_id", "department_id", name="uq_self_check_task_campaign_id"),
        info={"public": True},
    )
    op.create_table(
        "suspension_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_no", sa.String(50), nullable=False),
        sa.Column("division_code", sa.String(9), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("built_on", sa.Date(), nullable=False),
        sa.Column("maker", sa.String(100), nullable=False),
        sa.Column("checker", sa.String(100), nullable=True),
        sa.Column("snapshot_hash", sa.String(64), nullable=True),
        sa.Column("confirmed_hash", sa.String(64), nullable=True),
        sa.Column("previews", sa.Integer(), nullable=False),
        sa.Column("previewed_on", sa.Date(), nullable=True),
        sa.Column("objections_until", sa.Date(), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("return_reason", sa.String(500), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawal_reason", sa.String(500), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state in ('draft', 'previewed', 'submitted', 'confirmed', 'effective', 'closed', 'withdrawn')",
            name=op.f("ck_suspension_order_state"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["exam_campaign.id"],
            name=op.f("fk_suspension_order_campaign_id_exam_campaign"),
        ),
        sa.ForeignKeyConstraint(
            ["division_code"],
            ["administrative_division.code"],
            name=op.f("fk_suspension_order_division_code_administrative_division"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension_order")),
        sa.UniqueConstraint("order_no", name=op.f("uq_suspension_order_order_no")),
        info={"public": True},
    )
    op.create_table(
        "unit_roster",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("officers", sa.Integer(), nullable=False),
        sa.Column("signed_by", sa.String(100), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["exam_campaign.id"],
            name=op.f("fk_unit_roster_campaign_id_exam_campaign"),
        ),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["department.id"],
            name=op.f("fk_unit_roster_department_id_department"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_roster")),
        sa.UniqueConstraint("campaign_id", "department_id", name="uq_unit_roster_campaign_id"),
        info={"public": True},
    )
    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("eligibility", sa.String(16), nullable=False),
        sa.Column("ineligible_because", sa.String(32), nullable=True),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.CheckConstraint(
            "eligibility in ('eligible', 'ineligible')", name=op.f("ck_registration_eligibility")
        ),
        sa.CheckConstraint(
            "outcome in ('passed', 'failed', 'absent', 'deferred', 'ineligible', 'pending')",
            name=op.f("ck_registration_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["exam_campaign.id"],
            name=op.f("fk_registration_campaign_id_exam_campaign"),
        ),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["department.id"],
            name=op.f("fk_registration_department_id_department"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_registration_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("campaign_id", "officer_id", name="uq_registration_campaign_id"),
        sa.UniqueConstraint("number", name=op.f("uq_registration_number")),
        info={"public": True},
    )
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.create_index(
            "ix_registration_department_id", ["campaign_id", "department_id"], unique=False
        )
        batch_op.create_index("ix_registration_officer_id", ["officer_id"], unique=False)

    op.create_table(
        "self_check_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("person_name", sa.String(100), nullable=False),
        sa.Column("employment_type", sa.String(20), nullable=False),
        sa.Column("had_certificate", sa.Boolean(), nullable=False),
        sa.Column("acts_done", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(24), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "action in ('removed', 'transferred_to_support', 'certificate_recovered')",
            name=op.f("ck_self_check_finding_action"),
        ),
        sa.CheckConstraint(
            "employment_type in ('civil_servant', 'ref_civil', 'institution_staff', 'labour_contract', 'temporary', 'hired', 'dispatch', 'seconded', 'worker')",
            name=op.f("ck_self_check_finding_employment_type"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_self_check_finding_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"],
            ["self_check_task.id"],
            name=op.f("fk_self_check_finding_task_id_self_check_task"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_check_finding")),
        info={"public": True},
    )
    with op.batch_alter_table("self_check_finding", schema=None) as batch_op:
        batch_op.create_index("ix_self_check_finding_task_id", ["task_id"], unique=False)

    op.create_table(
        "suspension_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("preview", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("scores", sa.Text(), nullable=False),
        sa.Column("cards", sa.Text(), nullable=False),
        sa.Column("issue_block", sa.Boolean(), nullable=False),
        sa.Column("unit_changed", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("service", sa.String(16), nullable=True),
        sa.Column("receipt", sa.String(200), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "reason in ('failed', 'absent', 'self_check', 'supervision')",
            name=op.f("ck_suspension_line_reason"),
        ),
        sa.CheckConstraint(
            "state in ('proposed', 'objected', 'removed', 'confirmed', 'effective', 'reinstated', 'revoked_on_appeal', 'converted', 'superseded')",
            name=op.f("ck_suspension_line_state"),
        ),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["department.id"],
            name=op.f("fk_suspension_line_department_id_department"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_suspension_line_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["suspension_order.id"],
            name=op.f("fk_suspension_line_order_id_suspension_order"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension_line")),
        sa.UniqueConstraint("number", name=op.f("uq_suspension_line_number")),
        sa.UniqueConstraint(
            "order_id", "preview", "officer_id", name="uq_suspension_line_order_id"
        ),
        info={"public": True},
    )
    with op.batch_alter_table("suspension_line", schema=None) as batch_op:
        batch_op.create_index(
            "ix_suspension_line_department_id", ["order_id", "department_id"], unique=False
        )
        batch_op.create_index("ix_suspension_line_officer_id", ["officer_id"], unique=False)

    op.create_table(
        "training_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("course", sa.String(200), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("certificate", sa.String(100), nullable=True),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_training_record_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_record")),
        info={"public": True},
    )
    with op.batch_alter_table("training_record", schema=None) as batch_op:
        batch_op.create_index("ix_training_record_officer_id", ["officer_id"], unique=False)

    op.create_table(
        "appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("extended_to", sa.Date(), nullable=True),
        sa.Column("grounds", sa.String(2000), nullable=False),
        sa.Column("panel", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(2000), nullable=True),
        sa.CheckConstraint(
            "state in ('filed', 'rejected', 'accepted', 'deciding', 'maintained', 'changed', 'revoked')",
            name=op.f("ck_appeal_state"),
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["suspension_line.id"], name=op.f("fk_appeal_line_id_suspension_line")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
        sa.UniqueConstraint("line_id", "step", name="uq_appeal_line_id"),
        sa.UniqueConstraint("number", name=op.f("uq_appeal_number")),
        info={"public": True},
    )
    op.create_table(
        "issue_block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["line_id"], ["suspension_line.id"], name=op.f("fk_issue_block_line_id_suspension_line")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_issue_block_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue_block")),
        info={"public": True},
    )
    with op.batch_alter_table("issue_block", schema=None) as batch_op:
        batch_op.create_index(
            "uq_issue_block_officer_id",
            ["officer_id"],
            unique=True,
            sqlite_where=sa.text("ended_on is null"),
            postgresql_where=sa.text("ended_on is null"),
        )

    op.create_table(
        "objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("filed_by", sa.String(100), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("statement", sa.String(2000), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("decided_by", sa.String(100), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(2000), nullable=True),
        sa.Column("evidence_digest", sa.String(64), nullable=True),
        sa.CheckConstraint(
            "kind in ('wrong_person', 'wrong_score', 'was_excused', 'not_an_enforcer')",
            name=op.f("ck_objection_kind"),
        ),
        sa.CheckConstraint(
            "state in ('filed', 'checking', 'upheld', 'dismissed')", name=op.f("ck_objection_state")
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["suspension_line.id"], name=op.f("fk_objection_line_id_suspension_line")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
        sa.UniqueConstraint("number", name=op.f("uq_objection_number")),
        info={"public": True},
    )
    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.create_index("ix_objection_line_id", ["line_id"], unique=False)

    op.create_table(
        "reinstatement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("checklist", sa.Text(), nullable=False),
        sa.Column("maker", sa.String(100), nullable=True),
        sa.Column("checker", sa.String(100), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(1000), nullable=True),
        sa.CheckConstraint(
            "state in ('requested', 'exam_linked', 'proposed', 'approved', 'effective', 'refused')",
            name=op.f("ck_reinstatement_state"),
        ),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["suspension_line.id"],
            name=op.f("fk_reinstatement_line_id_suspension_line"),
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_reinstatement_registration_id_registration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reinstatement")),
        sa.UniqueConstraint("number", name=op.f("uq_reinstatement_number")),
        info={"public": True},
    )
    with op.batch_alter_table("reinstatement", schema=None) as batch_op:
        batch_op.create_index("ix_reinstatement_line_id", ["line_id"], unique=False)

    op.create_table(
        "sitting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("seat", sa.String(16), nullable=True),
        sa.Column("attendance", sa.String(16), nullable=False),
        sa.Column("excuse", sa.String(20), nullable=True),
        sa.Column("proof_digest", sa.String(64), nullable=True),
        sa.Column("decided_by", sa.String(100), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("annulled", sa.Boolean(), nullable=False),
        sa.Column("annulment_reason", sa.String(500), nullable=True),
        sa.CheckConstraint(
            "attendance in ('registered', 'present', 'absent', 'deferred', 'excused')",
            name=op.f("ck_sitting_attendance"),
        ),
        sa.CheckConstraint(
            "excuse in ('hospital', 'maternity', 'official_mission', 'force_majeure')",
            name=op.f("ck_sitting_excuse"),
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_sitting_registration_id_registration"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["exam_session.id"], name=op.f("fk_sitting_session_id_exam_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting")),
        sa.UniqueConstraint("registration_id", "session_id", name="uq_sitting_registration_id"),
        info={"public": True},
    )
    with op.batch_alter_table("sitting", schema=None) as batch_op:
        batch_op.create_index(
            "ix_sitting_session_id", ["session_id", "registration_id"], unique=False
        )

    op.create_table(
        "exam_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(16), nullable=False),
        sa.Column("score_tenths", sa.Integer(), nullable=False),
        sa.Column("first_marker", sa.String(100), nullable=False),
        sa.Column("second_marker", sa.String(100), nullable=False),
        sa.Column("source_digest", sa.String(64), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("paper in ('general', 'special')", name=op.f("ck_exam_result_paper")),
        sa.CheckConstraint(
            "first_marker <> second_marker", name=op.f("ck_exam_result_two_markers")
        ),
        sa.CheckConstraint("score_tenths between 0 and 1000", name=op.f("ck_exam_result_score")),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_exam_result_sitting_id_sitting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_result")),
        sa.UniqueConstraint("sitting_id", "paper", name="uq_exam_result_sitting_id"),
        info={"public": True},
    )
    op.create_table(
        "exam_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("result_id", sa.Integer(), nullable=False),
        sa.Column("old_tenths", sa.Integer(), nullable=False),
        sa.Column("new_tenths", sa.Integer(), nullable=False),
        sa.Column("first_marker", sa.String(100), nullable=False),
        sa.Column("second_marker", sa.String(100), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("evidence_digest", sa.String(64), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "first_marker <> second_marker", name=op.f("ck_exam_remark_two_markers")
        ),
        sa.ForeignKeyConstraint(
            ["result_id"], ["exam_result.id"], name=op.f("fk_exam_remark_result_id_exam_result")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_remark")),
        info={"public": True},
    )
    with op.batch_alter_table("credential", schema=None) as batch_op:
        batch_op.add_column(sa.Column("locally_suspended_since", sa.Date(), nullable=True))

    with op.batch_alter_table("credential_event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("annulled_on", sa.Date(), nullable=True))

    with op.batch_alter_table("officer_event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("annulled_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("officer_event", schema=None) as batch_op:
        batch_op.drop_column("annulled_on")

    with op.batch_alter_table("credential_event", schema=None) as batch_op:
        batch_op.drop_column("annulled_on")

    with op.batch_alter_table("credential", schema=None) as batch_op:
        batch_op.drop_column("locally_suspended_since")

    op.drop_table("exam_remark")
    op.drop_table("exam_result")
    with op.batch_alter_table("sitting", schema=None) as batch_op:
        batch_op.drop_index("ix_sitting_session_id")

    op.drop_table("sitting")
    with op.batch_alter_table("reinstatement", schema=None) as batch_op:
        batch_op.drop_index("ix_reinstatement_line_id")

    op.drop_table("reinstatement")
    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.drop_index("ix_objection_line_id")

    op.drop_table("objection")
    with op.batch_alter_table("issue_block", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_issue_block_officer_id",
            sqlite_where=sa.text("ended_on is null"),
            postgresql_where=sa.text("ended_on is null"),
        )

    op.drop_table("issue_block")
    op.drop_table("appeal")
    with op.batch_alter_table("training_record", schema=None) as batch_op:
        batch_op.drop_index("ix_training_record_officer_id")

    op.drop_table("training_record")
    with op.batch_alter_table("suspension_line", schema=None) as batch_op:
        batch_op.drop_index("ix_suspension_line_officer_id")
        batch_op.drop_index("ix_suspension_line_department_id")

    op.drop_table("suspension_line")
    with op.batch_alter_table("self_check_finding", schema=None) as batch_op:
        batch_op.drop_index("ix_self_check_finding_task_id")

    op.drop_table("self_check_finding")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_index("ix_registration_officer_id")
        batch_op.drop_index("ix_registration_department_id")

    op.drop_table("registration")
    op.drop_table("unit_roster")
    op.drop_table("suspension_order")
    op.drop_table("self_check_task")
    op.drop_table("exam_session")
    op.drop_table("exam_campaign")
