"""Alembic's entry: runs on the connection and in the transaction that it is given."""

from alembic import context
from sqlmodel import SQLModel

import storage.models

assert storage.models  # noqa: S101 - importing the models is what fills the metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    user_module_prefix="sqltypes.",
    compare_type=True,
    transactional_ddl=True,
)
context.run_migrations()
