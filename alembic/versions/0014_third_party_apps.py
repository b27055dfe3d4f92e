"""Third-party apps: clients, keys, limits, webhooks; and when a credential last changed."""

import sqlalchemy as sa

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_client",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_no", sa.String(16), nullable=False),
        sa.Column("organisation", sa.String(100), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("webhook_hosts", sa.Text(), nullable=False),
        sa.Column("contact_name", sa.String(100), nullable=False),
        sa.Column("contact_email", sa.String(254), nullable=False),
        sa.Column("contact_phone", sa.String(40), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("maker", sa.String(100), nullable=True),
        sa.Column("maker_post", sa.String(100), nullable=True),
        sa.Column("checker", sa.String(100), nullable=True),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(500), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state in ('applied', 'endorsed', 'active', 'refused', 'suspended', 'ended')",
            name=op.f("ck_api_client_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_client")),
        sa.UniqueConstraint("client_no", name=op.f("uq_api_client_client_no")),
        info={"public": True},
    )
    op.create_index("ix_api_client_state", "api_client", ["state", "client_no"])

    op.create_table(
        "api_error",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_no", sa.String(16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("method", sa.String(8), nullable=False),
        sa.Column("path", sa.String(200), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("request_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_error")),
    )
    op.create_index("ix_api_error_client_no", "api_error", ["client_no", "id"])

    op.create_table(
        "api_key_use",
        sa.Column("key_id", sa.String(16), nullable=False),
        sa.Column("last_used_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_api_key_use")),
    )
    op.create_table(
        "api_usage",
        sa.Column("client_no", sa.String(16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("client_no", "day", "status", name=op.f("pk_api_usage")),
    )
    op.create_table(
        "rate_count",
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_rate_count")),
    )
    if op.get_bind().dialect.name == "postgresql":  # nothing is lost that a restart may not lose
        op.execute("alter table rate_count set unlogged")
    op.create_table(
        "usage_alarm",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("subject_kind", sa.String(16), nullable=False),
        sa.Column("subject_key", sa.String(64), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=True),
        sa.Column("closed_by", sa.String(100), nullable=True),
        sa.Column("blocked_until", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("outcome in ('stopped', 'let_be')", name=op.f("ck_usage_alarm_outcome")),
        sa.CheckConstraint("state in ('open', 'closed')", name=op.f("ck_usage_alarm_state")),
        sa.CheckConstraint(
            "subject_kind in ('client', 'address')", name=op.f("ck_usage_alarm_subject_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_usage_alarm")),
        sa.UniqueConstraint("number", name=op.f("uq_usage_alarm_number")),
    )
    op.create_index("ix_usage_alarm_state", "usage_alarm", ["state", "number"])
    op.create_index("ix_usage_alarm_blocked_until", "usage_alarm", ["blocked_until"])

    op.create_table(
        "api_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.String(16), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("label", sa.String(100), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("addresses", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=True),
        sa.Column("replaced_by", sa.String(16), nullable=True),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("kind in ('live', 'test', 'own')", name=op.f("ck_api_key_kind")),
        sa.ForeignKeyConstraint(
            ["client_id"], ["api_client.id"], name=op.f("fk_api_key_client_id_api_client")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("key_id", name=op.f("uq_api_key_key_id")),
        info={"public": True},
    )
    op.create_index("ix_api_key_client_id", "api_key", ["client_id", "id"])

    op.create_table(
        "webhook",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(16), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(500), nullable=False),
        sa.Column("events", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("secret", sa.String(300), nullable=False),
        sa.Column("old_secret", sa.String(300), nullable=True),
        sa.Column("old_secret_until", sa.BigInteger(), nullable=True),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state in ('active', 'paused', 'ended')", name=op.f("ck_webhook_state")),
        sa.ForeignKeyConstraint(
            ["client_id"], ["api_client.id"], name=op.f("fk_webhook_client_id_api_client")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
        sa.UniqueConstraint("number", name=op.f("uq_webhook_number")),
        info={"public": True},
    )
    op.create_index("ix_webhook_client_id", "webhook", ["client_id", "number"])

    op.create_table(
        "webhook_delivery",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.Column("webhook_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("act", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(100), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state in ('pending', 'delivered', 'dead')", name=op.f("ck_webhook_delivery_state")
        ),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["webhook.id"], name=op.f("fk_webhook_delivery_webhook_id_webhook")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_delivery")),
        sa.UniqueConstraint("message_id", name=op.f("uq_webhook_delivery_message_id")),
    )
    op.create_index("ix_webhook_delivery_due", "webhook_delivery", ["state", "next_at"])
    op.create_index(
        "ix_webhook_delivery_subject", "webhook_delivery", ["webhook_id", "subject", "state", "id"]
    )
    op.create_index("ix_webhook_delivery_webhook_id", "webhook_delivery", ["webhook_id", "id"])

    op.create_table(
        "webhook_progress",
        sa.Column("webhook_id", sa.Integer(), nullable=False),
        sa.Column("told_until", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["webhook.id"], name=op.f("fk_webhook_progress_webhook_id_webhook")
        ),
        sa.PrimaryKeyConstraint("webhook_id", name=op.f("pk_webhook_progress")),
    )
    op.create_table(
        "webhook_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delivery_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("error", sa.String(64), nullable=True),
        sa.Column("answer", sa.String(1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["webhook_delivery.id"],
            name=op.f("fk_webhook_attempt_delivery_id_webhook_delivery"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_attempt")),
    )
    op.create_index("ix_webhook_attempt_delivery_id", "webhook_attempt", ["delivery_id", "id"])

    # Rows of before are taken to have changed when they came to stand as they do.
    op.add_column("credential", sa.Column("updated_at", sa.String(32), nullable=True))
    op.execute("update credential set updated_at = cast(since as varchar(10)) || 'T00:00:00+00:00'")
    with op.batch_alter_table("credential", schema=None) as batch_op:
        batch_op.alter_column("updated_at", existing_type=sa.String(32), nullable=False)
        batch_op.create_index(
            "ix_credential_updated_at", ["updated_at", "certificate_no", "scheme"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("credential", schema=None) as batch_op:
        batch_op.drop_index("ix_credential_updated_at")
        batch_op.drop_column("updated_at")

    op.drop_table("webhook_attempt")
    op.drop_table("webhook_progress")
    op.drop_table("webhook_delivery")
    op.drop_table("webhook")
    op.drop_table("api_key")
    op.drop_table("usage_alarm")
    op.drop_table("rate_count")
    op.drop_table("api_usage")
    op.drop_table("api_key_use")
    op.drop_table("api_error")
    op.drop_table("api_client")
