"""The projects and their versions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "bestfit_projects",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("head", sa.Integer, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("place", sa.String, nullable=False),
        sa.Column("illustrative", sa.Boolean, nullable=False),
        sa.Column("changed_at", sa.String(32), nullable=False),
        sa.Column("deleted_at", sa.String(32)),
    )
    op.create_table(
        "bestfit_versions",
        sa.Column(
            "project_key",
            sa.String(64),
            sa.ForeignKey("bestfit_projects.key", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("parent", sa.Integer),
        sa.Column("redo", sa.Integer),
        sa.Column("label", sa.String(300), nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("snapshot", sa.Integer, nullable=False),
        sa.Column("base", sa.Integer),
        sa.Column("packed", sa.LargeBinary, nullable=False),
    )
