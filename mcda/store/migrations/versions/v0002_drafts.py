"""What is typed and not saved yet."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "bestfit_drafts",
        sa.Column(
            "project_key",
            sa.String(64),
            sa.ForeignKey("bestfit_projects.key", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("owner", sa.String(64), primary_key=True),
        sa.Column("place", sa.String(300), primary_key=True),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("changed_at", sa.String(32), nullable=False),
    )
