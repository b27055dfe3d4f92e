"""Take spreadsheets in, and say how far long work has come."""

import sqlalchemy as sa

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("actor", sa.String(100), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("phase", sa.String(24), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("message", sa.String(64), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.CheckConstraint("kind in ('import_reading', 'import_commit')", name=op.f("ck_job_kind")),
        sa.CheckConstraint(
            "state in ('queued', 'running', 'done', 'failed')", name=op.f("ck_job_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("number", name=op.f("uq_job_number")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(
            "ix_job_waiting",
            ["id"],
            unique=False,
            sqlite_where=sa.text("state in ('queued', 'running')"),
            postgresql_where=sa.text("state in ('queued', 'running')"),
        )

    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("first_marker", sa.String(100), nullable=True),
        sa.Column("second_marker", sa.String(100), nullable=True),
        sa.Column("signed_by", sa.String(100), nullable=True),
        sa.Column("uploaded_by", sa.String(100), nullable=False),
        sa.Column("uploaded_at", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind in ('roster', 'scores', 'attendance', 'selfcheck')",
            name=op.f("ck_import_batch_kind"),
        ),
        sa.CheckConstraint(
            "state in ('uploaded', 'parsed', 'matching', 'needs_decision', 'ready', 'committed', 'discarded')",
            name=op.f("ck_import_batch_state"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["exam_campaign.id"],
            name=op.f("fk_import_batch_campaign_id_exam_campaign"),
        ),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["department.id"],
            name=op.f("fk_import_batch_department_id_department"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["exam_session.id"],
            name=op.f("fk_import_batch_session_id_exam_session"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sa.UniqueConstraint("number", name=op.f("uq_import_batch_number")),
    )
    op.create_table(
        "import_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("refused_because", sa.String(64), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_import_file_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_file")),
    )
    with op.batch_alter_table("import_file", schema=None) as batch_op:
        batch_op.create_index("ix_import_file_batch_id", ["batch_id", "position"], unique=False)
        batch_op.create_index(
            "uq_import_file_sha256",
            ["sha256"],
            unique=True,
            sqlite_where=sa.text("live"),
            postgresql_where=sa.text("live"),
        )

    op.create_table(
        "import_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(100), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("certificate_no", sa.String(64), nullable=True),
        sa.Column("id_no_hmac", sa.String(64), nullable=True),
        sa.Column("id_no_last4", sa.String(4), nullable=True),
        sa.Column("unit", sa.String(8), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("faults", sa.Text(), nullable=False),
        sa.Column("match_kind", sa.String(24), nullable=True),
        sa.Column("person", sa.String(100), nullable=True),
        sa.Column("officer_no", sa.String(32), nullable=True),
        sa.Column("candidates", sa.Text(), nullable=False),
        sa.Column("undecided", sa.Boolean(), nullable=False),
        sa.Column("decision", sa.String(8), nullable=True),
        sa.Column("correction", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.String(100), nullable=True),
        sa.Column("reason", sa.String(500), nullable=True),
        sa.CheckConstraint(
            "decision in ('accept', 'correct', 'skip')", name=op.f("ck_import_row_decision")
        ),
        sa.CheckConstraint(
            "match_kind in ('exact_cert_and_name', 'name_variant', 'cert_only_name_differs', 'id_hmac', 'name_unit_unique', 'name_ambiguous', 'cert_malformed', 'cert_belongs_to_other', 'duplicate_in_file', 'duplicate_across_units', 'ineligible_employment', 'inactive_person', 'not_found', 'unit_differs', 'not_registered', 'score_and_absent', 'value_invalid')",
            name=op.f("ck_import_row_match_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_import_row_batch_id_import_batch")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["import_file.id"], name=op.f("fk_import_row_file_id_import_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
    )
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.create_index(
            "ix_import_row_batch_id", ["batch_id", "match_kind", "id"], unique=False
        )
        batch_op.create_index("ix_import_row_file_id", ["file_id", "id"], unique=False)
        batch_op.create_index("ix_import_row_person", ["batch_id", "person", "id"], unique=False)

    with op.batch_alter_table("officer", schema=None) as batch_op:
        batch_op.create_index("ix_officer_id_no_hmac", ["id_no_hmac"], unique=False)
        batch_op.create_index("ix_officer_name_normalized", ["name_normalized"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("officer", schema=None) as batch_op:
        batch_op.drop_index("ix_officer_name_normalized")
        batch_op.drop_index("ix_officer_id_no_hmac")

    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.drop_index("ix_import_row_person")
        batch_op.drop_index("ix_import_row_file_id")
        batch_op.drop_index("ix_import_row_batch_id")

    op.drop_table("import_row")
    with op.batch_alter_table("import_file", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_import_file_sha256", sqlite_where=sa.text("live"), postgresql_where=sa.text("live")
        )
        batch_op.drop_index("ix_import_file_batch_id")

    op.drop_table("import_file")
    op.drop_table("import_batch")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_job_waiting",
            sqlite_where=sa.text("state in ('queued', 'running')"),
            postgresql_where=sa.text("state in ('queued', 'running')"),
        )

    op.drop_table("job")
