"""Alembic's entry: runs the migrations on the connection that ``mcda.store.database`` hands in."""

from alembic import context

from mcda.store.schema import VERSION_TABLE, metadata

# Outside of Alembic (a test runner that imports every module) there is nothing to run.
if config := getattr(context, "config", None):
    context.configure(
        connection=config.attributes["connection"],
        target_metadata=metadata,
        version_table=VERSION_TABLE,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
